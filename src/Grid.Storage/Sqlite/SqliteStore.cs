using System.Globalization;
using Grid.Storage.Queue;
using Grid.Storage.Sql;
using Grid.Storage.Writing;
using Microsoft.Extensions.Logging;

namespace Grid.Storage.Sqlite;

/// <summary>
/// The embedded store: one file, <c>grid.db</c>, in the data folder.
/// In and out: as <see cref="GridStore"/>.
/// Guarantees that a commit is synced to the disk (WAL, synchronous = FULL) and that one process holds the folder.
/// Fails: a full, read-only or failing disk makes the store unavailable until a write works again; a second process is refused at open.
/// </summary>
public sealed class SqliteStore(StoreOptions options, TimeProvider clock, ILogger<SqliteStore> logger) : GridStore(options, clock, logger)
{
    private Checkpointer? _checkpointer;

    /// <summary>The writer's connection; null while the store isn't open.</summary>
    internal SqlSession? WriterConnection { get; private set; }

    internal override string Mine => "1 = 1";

    internal override string CheckpointName => "checkpoint";

    private protected override ValueTask<IReadOnlyList<string>> LogsAsync(CancellationToken cancellationToken) => new([Mine]);

    private protected override bool ReadsBlock => true;

    private protected override TimeSpan? BelieveKeysFor => null;

    private protected override ValueTask<IWriteSession> OpenWriterAsync(CancellationToken cancellationToken)
    {
        SqlSession? session = null;
        try
        {
            session = SqliteConnections.OpenWriter(Options.Folder);
            SchemaScripts.Migrate(session, "Sqlite", script => InTransaction(session, script), Clock);

            // What the last process held in memory waits in the store again.
            session.Execute("UPDATE envelope SET waiting = 1 WHERE waiting = 0");
            Learned.Fill(session);
            var last = Convert.ToInt64(
                session.Scalar("SELECT max(coalesce((SELECT max(position) FROM outcome), 0), coalesce((SELECT number FROM meta WHERE name = $1), 0))", CheckpointName),
                CultureInfo.InvariantCulture);
            _checkpointer = new(SqliteConnections.OpenCheckpointer(Options.Folder), session, Logger);
            WriterConnection = session;
            return new(new SqliteWriteSession(session, _checkpointer, new FinishedBodies(() => Options.BodyRetention > TimeSpan.Zero || Holds.Any), last));
        }
        catch
        {
            session?.Dispose();
            throw;
        }
    }

    private protected override ValueTask<SqlSession> OpenReaderAsync(CancellationToken cancellationToken) => new(SqliteConnections.OpenReader(Options.Folder));

    private protected override bool IsOutage(Exception exception) => SqliteFailures.IsOutage(exception);

    private protected override ValueTask QuiesceAsync() => ValueTask.CompletedTask;

    private protected override ValueTask ReleaseAsync()
    {
        _checkpointer?.Dispose();
        return ValueTask.CompletedTask;
    }

    private static void InTransaction(SqlSession session, Action action)
    {
        session.Execute("BEGIN IMMEDIATE");
        try
        {
            action();
            session.Execute("COMMIT");
        }
        catch
        {
            session.Execute("ROLLBACK");
            throw;
        }
    }
}
