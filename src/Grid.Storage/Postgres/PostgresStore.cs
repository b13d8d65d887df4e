using System.Globalization;
using Grid.Core.Ports;
using Grid.Storage.Queue;
using Grid.Storage.Sql;
using Grid.Storage.Writing;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Grid.Storage.Postgres;

/// <summary>
/// The store on a PostgreSQL server (13 or newer), which several processes may share.
/// In and out: as <see cref="GridStore"/>.
/// Guarantees that a commit is flushed by the server (synchronous_commit on), that each process works on what it owns, and that what a
/// dead process owned is adopted by a live one after its lease; adopted envelopes are among the waiting.
/// Fails: a lost, full or read-only server makes the store unavailable until a write works again. Where the answer to a commit is lost,
/// the server is asked once it is back; only if it stays away meanwhile may a write that was refused have happened after all.
/// </summary>
public sealed partial class PostgresStore(StoreOptions options, TimeProvider clock, ILogger<PostgresStore> logger) : GridStore(options, clock, logger)
{
    private static readonly TimeSpan LearnEvery = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = logger;
    private readonly PostgresOwner _owner = new(options.OwnerName, options.Lease, clock);
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _renewing = new(1, 1);
    private readonly SemaphoreSlim _learningTurn = new(1, 1);
    private NpgsqlDataSource? _source;
    private ITimer? _renewal;
    private ITimer? _learning;
    private string _learnedTo = "0";

    internal override string Mine => "owner = " + _owner.Id.ToString(CultureInfo.InvariantCulture);

    internal override string CheckpointName => "checkpoint/" + Options.OwnerName;

    private protected override ValueTask<IReadOnlyList<string>> LogsAsync(CancellationToken cancellationToken) =>
        Reads.ListAsync("SELECT id FROM owner ORDER BY id", [], static row => "owner = " + row.GetInt32(0).ToString(CultureInfo.InvariantCulture), cancellationToken);

    private protected override bool ReadsBlock => false;

    private protected override TimeSpan? BelieveKeysFor => TimeSpan.FromSeconds(1);

    /// <summary>Renews this owner's lease, and adopts what owners left whose lease ran out.</summary>
    internal async Task RenewAsync(CancellationToken cancellationToken)
    {
        await Writer.Add(_owner.Renew, cancellationToken);
        foreach (var (id, name) in await Writer.Add(_owner.Expired, cancellationToken))
        {
            (long, int)? after = (long.MinValue, 0);
            while (after is { } from)
            {
                after = await Writer.Add(session => _owner.Adopt(session, id, name, from), cancellationToken);
            }

            LogAdopted(name);
            TellAdopted();
        }
    }

    /// <summary>Learns which addresses other processes have suppressed since the last time.</summary>
    internal async Task LearnAsync(CancellationToken cancellationToken) =>
        _learnedTo = await Reads.ReadAsync(
            async (session, cancel) =>
            {
                // The horizon first: a transaction still open then is at or past it, and its rows are read again next time.
                var horizon = await session.FirstAsync("SELECT CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text)", [], static row => row.GetString(0), cancel);
                await session.ListAsync(
                    "SELECT tenant, address FROM suppression WHERE written >= CAST($1 AS xid8)",
                    [_learnedTo],
                    row =>
                    {
                        Learned.Learn(row.GetString(0), row.GetString(1));
                        return true;
                    },
                    cancel);
                return horizon!;
            },
            cancellationToken);

    private protected override async ValueTask<IWriteSession> OpenWriterAsync(CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(Options.ConnectionString) { MaxAutoPrepare = 200, AutoPrepareMinUsages = 2, ApplicationName = "grid " + Options.OwnerName };
        _source = NpgsqlDataSource.Create(settings.ConnectionString);
        SqlSession? session = null;
        try
        {
            session = await Task.Run(Open, cancellationToken);
            await Task.Run(() => Prepare(session), cancellationToken);
            var writer = new PostgresWriteSession(session, Open, _owner, ReadLastPosition, new FinishedBodies(() => Options.BodyRetention > TimeSpan.Zero || Holds.Any));
            var third = Options.Lease / 3;
            _renewal = Clock.CreateTimer(_ => _ = OnceAsync(RenewAsync, _renewing), null, third, third);
            _learning = Clock.CreateTimer(_ => _ = OnceAsync(LearnAsync, _learningTurn), null, LearnEvery, LearnEvery);
            return writer;
        }
        catch
        {
            session?.Dispose();
            await _source.DisposeAsync();
            throw;
        }
    }

    private protected override async ValueTask<SqlSession> OpenReaderAsync(CancellationToken cancellationToken) =>
        new(await _source!.OpenConnectionAsync(cancellationToken), namedParameters: false);

    private protected override bool IsOutage(Exception exception) => PostgresFailures.IsOutage(exception);

    private protected override async ValueTask QuiesceAsync()
    {
        if (_renewal is null || _learning is null)
        {
            return;
        }

        await _renewal.DisposeAsync();
        await _learning.DisposeAsync();
        await _stop.CancelAsync();
        await _renewing.WaitAsync();
        await _learningTurn.WaitAsync();
        (_renewal, _learning) = (null, null);
        try
        {
            await Writer.Add(_owner.Release, CancellationToken.None);
        }
        catch (StoreUnavailableException exception)
        {
            // The lease then simply runs out.
            LogBackgroundFailed(exception);
        }
    }

    private protected override ValueTask ReleaseAsync() => _source?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Runs background work unless its last run still goes on.</summary>
    private async Task OnceAsync(Func<CancellationToken, Task> work, SemaphoreSlim turn)
    {
        if (_stop.IsCancellationRequested || !await turn.WaitAsync(0))
        {
            return;
        }

        try
        {
            await work(_stop.Token);
        }
        catch (Exception exception)
        {
            if (!_stop.IsCancellationRequested)
            {
                LogBackgroundFailed(exception);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    private SqlSession Open()
    {
        var session = new SqlSession(_source!.OpenConnection(), namedParameters: false);

        // Plans are made while tables may be empty and live for long: they must not come to scan what has grown.
        session.Execute("SET synchronous_commit = on");
        session.Execute("SET enable_seqscan = off");
        session.Execute("SET enable_hashjoin = off");
        session.Execute("SET enable_mergejoin = off");
        session.Execute("SET tcp_keepalives_idle = 10");
        session.Execute("SET tcp_keepalives_interval = 5");
        session.Execute("SET tcp_keepalives_count = 3");
        return session;
    }

    private void Prepare(SqlSession session)
    {
        const string SchemaLock = "hashtextextended('grid schema:' || current_schema(), 0)";
        session.Execute($"SELECT pg_advisory_lock({SchemaLock})");
        SchemaScripts.Migrate(session, "Postgres", script => InTransaction(session, script), Clock);
        session.Execute($"SELECT pg_advisory_unlock({SchemaLock})");
        _owner.Take(session);
        _owner.AdoptOwn(session);
        _learnedTo = (string)session.Scalar("SELECT CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text)")!;
        Learned.Fill(session);
    }

    private long ReadLastPosition(SqlSession session) => Convert.ToInt64(
        session.Scalar(
            "SELECT greatest(coalesce((SELECT max(position) FROM outcome WHERE owner = $1), 0), coalesce((SELECT number FROM meta WHERE name = $2), 0))", _owner.Id, CheckpointName),
        CultureInfo.InvariantCulture);

    private static void InTransaction(SqlSession session, Action action)
    {
        using var transaction = session.Connection.BeginTransaction();
        action();
        transaction.Commit();
    }

    [LoggerMessage(1, LogLevel.Warning, "The lease could not be renewed or others' changes not read; it is tried again.")]
    private partial void LogBackgroundFailed(Exception exception);

    [LoggerMessage(2, LogLevel.Information, "The lease of owner {Name} ran out: its envelopes, if its process is gone, were adopted.")]
    private partial void LogAdopted(string name);
}
