using Grid.Storage.Sql;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Grid.Storage.Sqlite;

/// <summary>
/// Moves what the write-ahead log holds into the file, on a thread and a connection of its own, so that the writer doesn't stall.
/// In: how many pages were written. Out: a log that is soon written from its start again.
/// Guarantees that the log stays under about <see cref="CapBytes"/>: as the log only starts anew at an instant when all of it is copied, the
/// writer itself copies the little rest after each run in the background, and past the cap it waits for readers to let go.
/// Fails by logging; the next run tries again, and a full disk shows in the writer's commits.
/// </summary>
internal sealed partial class Checkpointer : IDisposable
{
    /// <summary>Log size at which a run starts.</summary>
    public const long StartBytes = 64L << 20;

    /// <summary>Log size from which the writer stops for a full checkpoint.</summary>
    public const long CapBytes = 512L << 20;

    private readonly SqlSession _session;
    private readonly sqlite3 _database;
    private readonly sqlite3 _writer;
    private readonly ILogger _logger;
    private readonly AutoResetEvent _wanted = new(false);
    private readonly Thread _thread;
    private volatile bool _running;
    private volatile bool _finish;
    private volatile bool _closing;
    private long _copiedPages;

    public Checkpointer(SqlSession own, SqlSession writer, ILogger logger)
    {
        _session = own;
        _database = ((SqliteConnection)own.Connection).Handle!;
        _writer = ((SqliteConnection)writer.Connection).Handle!;
        _logger = logger;
        _thread = new(Run) { IsBackground = true, Name = "store checkpointer" };
        _thread.Start();
    }

    /// <summary>Called by the writer between transactions.</summary>
    public void AfterCommit()
    {
        if (_running)
        {
            return;
        }

        var bytes = (WrittenPages() - _copiedPages) * SqliteConnections.PageSizeBytes;
        if (_finish)
        {
            _finish = false;
            Finish(bytes > CapBytes);
        }
        else if (bytes > StartBytes)
        {
            _running = true;
            _wanted.Set();
        }
    }

    /// <summary>Called by the writer when it has nothing to do.</summary>
    public void WhenIdle()
    {
        if (!_running && (_finish || WrittenPages() > _copiedPages))
        {
            _finish = false;
            Finish(wait: false);
        }
    }

    public void Dispose()
    {
        _closing = true;
        _wanted.Set();
        _thread.Join();
        _wanted.Dispose();
        _session.Dispose();
    }

    private void Run()
    {
        while (_wanted.WaitOne() && !_closing)
        {
            var code = raw.sqlite3_wal_checkpoint_v2(_database, null, raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);
            if (code is not (raw.SQLITE_OK or raw.SQLITE_BUSY))
            {
                LogFailed(code);
            }

            _finish = true;
            _running = false;
        }
    }

    private void Finish(bool wait)
    {
        var code = raw.sqlite3_wal_checkpoint_v2(_writer, null, wait ? raw.SQLITE_CHECKPOINT_RESTART : raw.SQLITE_CHECKPOINT_PASSIVE, out var logged, out var copied);
        if (code is not (raw.SQLITE_OK or raw.SQLITE_BUSY))
        {
            LogFailed(code);
        }

        // What couldn't be copied, as a reader still needs the pages under it, counts on towards the next run.
        _copiedPages = WrittenPages() - Math.Max(0, logged - copied);
    }

    /// <summary>Pages that the writer's connection has written since it was opened.</summary>
    private long WrittenPages()
    {
        raw.sqlite3_db_status(_writer, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 0);
        return pages;
    }

    [LoggerMessage(1, LogLevel.Warning, "A checkpoint failed with SQLite code {Code}; it is tried again.")]
    private partial void LogFailed(int code);
}
