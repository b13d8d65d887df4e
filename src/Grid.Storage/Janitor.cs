using System.Globalization;
using Grid.Core.Counters;
using Grid.Core.Vocabulary;
using Grid.Storage.Counters;
using Grid.Storage.Enforcement;
using Grid.Storage.Feedback;
using Grid.Storage.Ingress;
using Grid.Storage.Outcomes;
using Grid.Storage.Queue;
using Grid.Storage.Sql;
using Microsoft.Extensions.Logging;

namespace Grid.Storage;

/// <summary>
/// Housekeeping: removes what is past its retention.
/// In: the clock. Out: fewer rows; outcomes past their retention become daily sums.
/// Guarantees that no body or message with a live envelope goes, that no outcome goes before every counter has it (the checkpoint) and
/// before its sum is written, and that each write is small: finding happens on a reading connection, the writer only deletes.
/// Fails by logging; the next round takes up where this one ended.
/// </summary>
internal sealed partial class Janitor(GridStore store) : IDisposable
{
    /// <summary>Rows of one write.</summary>
    public const int Batch = 250;

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ILogger _logger = store.Logger;
    private ITimer? _timer;
    private DateTimeOffset _sweepDue = DateTimeOffset.MinValue;

    public void Start() => _timer = store.Clock.CreateTimer(_ => _ = TickAsync(), null, Every, Every);

    public async ValueTask StopAsync()
    {
        _timer?.Dispose();
        await _stop.CancelAsync();
        await _turn.WaitAsync();
        Dispose();
    }

    public void Dispose()
    {
        _stop.Dispose();
        _turn.Dispose();
    }

    /// <summary>One round over everything, after the one that may be under way.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await RoundAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        var now = store.Clock.GetUtcNow();
        await store.Holds.RefreshAsync(cancellationToken);
        await ForgetKeysAsync(now - Idempotency.HeldFor, cancellationToken);
        if (now >= _sweepDue)
        {
            await SweepBodiesAsync(now - store.Options.BodyRetention, cancellationToken);
            _sweepDue = now + SweepEvery;
        }

        await ForgetMessagesAsync(now - store.Options.MessageRetention, cancellationToken);
        await store.Writer.Add(
            session => session.Execute(
                $"DELETE FROM abuse_report WHERE number IN (SELECT number FROM abuse_report WHERE at < $1 AND (tenant IS NULL OR {LegalHolds.Spare("tenant")}) ORDER BY at LIMIT $2)", (now - AbuseReports.HeldFor).ToStored(), Batch),
            cancellationToken);
        await store.Writer.Add(
            session => session.Execute(
                "DELETE FROM hard_bounce WHERE (tenant, address) IN (SELECT tenant, address FROM hard_bounce WHERE at < $1 ORDER BY at LIMIT $2)", (now - Suppressions.BouncesHeldFor).ToStored(), Batch),
            cancellationToken);
        await store.Writer.Add(
            session => session.Execute(
                "DELETE FROM confirmation WHERE id IN (SELECT id FROM confirmation WHERE expires_at < $1 ORDER BY expires_at LIMIT $2)", (now - Consents.HeldFor).ToStored(), Batch),
            cancellationToken);
        await ForgetTlsReportsAsync(now - TlsReports.HeldFor, cancellationToken);
        await SumOutcomesAsync(now - store.Options.OutcomeRetention, cancellationToken);
    }

    private async Task ForgetTlsReportsAsync(DateTimeOffset until, CancellationToken cancellationToken) => await store.Writer.Add(
        session =>
        {
            session.Execute("DELETE FROM tls_count WHERE day < $1", DateOnly.FromDateTime(until.UtcDateTime).DayNumber);
            session.Execute("DELETE FROM tls_delivery WHERE report IN (SELECT id FROM tls_report WHERE made_at < $1 ORDER BY made_at LIMIT $2)", until.ToStored(), Batch);
            return session.Execute("DELETE FROM tls_report WHERE id IN (SELECT id FROM tls_report WHERE made_at < $1 ORDER BY made_at LIMIT $2)", until.ToStored(), Batch);
        },
        cancellationToken);

    private async Task TickAsync()
    {
        if (_stop.IsCancellationRequested || !await _turn.WaitAsync(0))
        {
            return;
        }

        try
        {
            await RoundAsync(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            LogStopped();
        }
        catch (Exception exception)
        {
            LogFailed(exception);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task ForgetKeysAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        int removed;
        do
        {
            removed = await store.Writer.Add(
                session => session.Execute(
                    "DELETE FROM idempotency WHERE (tenant, key) IN (SELECT tenant, key FROM idempotency WHERE at <= $1 ORDER BY at LIMIT $2)", until.ToStored(), Batch),
                cancellationToken);
        }
        while (removed == Batch);
    }

    /// <summary>Bodies without a live envelope whose last outcome is before <paramref name="until"/>: kept for a while, or orphaned by a crash.</summary>
    private async Task SweepBodiesAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        var after = 0L;
        while (true)
        {
            var page = await store.Reads.ListAsync(
                $"""
                SELECT message FROM body b WHERE message > $1
                AND {FinishedBodies.NobodyNeeds("b.message")}
                AND NOT EXISTS (SELECT 1 FROM outcome o WHERE o.message = b.message AND o.at > $2)
                AND NOT EXISTS (SELECT 1 FROM message m WHERE m.id = b.message AND NOT {LegalHolds.Spare("m.tenant")})
                ORDER BY message LIMIT $3
                """,
                [after, until.ToStored(), Batch],
                static row => row.GetInt64(0),
                cancellationToken);
            if (page.Count == 0)
            {
                return;
            }

            after = page[^1];
            await store.Writer.Add(session => page.Sum(message => session.Execute("DELETE FROM body WHERE message = $1", message)), cancellationToken);
        }
    }

    /// <summary>Finished messages accepted before <paramref name="until"/>; ids are in order of time.</summary>
    private async Task ForgetMessagesAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        var before = MessageId.Compose(until, 0, 0).Value;
        var after = long.MinValue;
        while (true)
        {
            var page = await store.Reads.ListAsync(
                "SELECT id FROM message WHERE id > $1 AND id < $2 ORDER BY id LIMIT $3", [after, before, Batch], static row => row.GetInt64(0), cancellationToken);
            if (page.Count == 0)
            {
                return;
            }

            after = page[^1];
            await store.Writer.Add(
                session =>
                {
                    var forgotten = session.Execute(
                        $"DELETE FROM message WHERE id >= $1 AND id <= $2 AND NOT EXISTS (SELECT 1 FROM envelope e WHERE e.message = message.id) AND {LegalHolds.Spare("message.tenant")}", page[0], after);
                    foreach (var table in (ReadOnlySpan<string>)["dsn_recipient", "dsn_notice"])
                    {
                        session.Execute($"DELETE FROM {table} WHERE message >= $1 AND message <= $2 AND NOT EXISTS (SELECT 1 FROM message m WHERE m.id = {table}.message)", page[0], after);
                    }

                    return forgotten;
                },
                cancellationToken);
        }
    }

    /// <summary>Turns outcomes before <paramref name="until"/> into daily sums. The newest record always stays: positions go on from it.</summary>
    private async Task SumOutcomesAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        var safe = Math.Min(await store.Outcomes.ReadCheckpointAsync(cancellationToken), store.Outcomes.LastPosition - 1);
        while (true)
        {
            var page = await store.Reads.ListAsync(
                $"SELECT {OutcomeColumns.All} FROM outcome WHERE {store.Mine} AND position <= $1 AND {LegalHolds.Spare("tenant")} ORDER BY position LIMIT $2", [safe, Batch], OutcomeColumns.Read, cancellationToken);
            var old = page.TakeWhile(record => record.At < until).ToList();
            if (old.Count == 0)
            {
                return;
            }

            await store.Writer.Add(session => Sum(session, old), cancellationToken);
            if (old.Count < Batch)
            {
                return;
            }
        }
    }

    private int Sum(SqlSession session, List<OutcomeRecord> records)
    {
        foreach (var day in records.GroupBy(record => (Day: record.At.ToStored() / (long)TimeSpan.FromDays(1).TotalMilliseconds, record.Tenant, record.Ip, record.Domain, record.Kind)))
        {
            var totals = day.Aggregate(default(CounterTotals), static (sum, record) => sum + OutcomeProjection.Of(record));
            session.Execute(
                """
                INSERT INTO outcome_day (day, tenant, ip, domain, kind, count, hard, blocks, reporting) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                ON CONFLICT (day, tenant, ip, domain, kind) DO UPDATE SET count = outcome_day.count + excluded.count,
                  hard = outcome_day.hard + excluded.hard, blocks = outcome_day.blocks + excluded.blocks, reporting = outcome_day.reporting + excluded.reporting
                """,
                day.Key.Day, day.Key.Tenant, day.Key.Ip, day.Key.Domain, (int)day.Key.Kind, day.LongCount(), totals.HardBounces, totals.Blocks, totals.DeliveredReporting);
        }

        // Throwing undoes the sums: no record may be counted that isn't taken away with them.
        var removed = session.Execute($"DELETE FROM outcome WHERE {store.Mine} AND position <= $1 AND {LegalHolds.Spare("tenant")}", records[^1].Position);
        return removed == records.Count ? removed : throw new InvalidOperationException($"{records.Count} outcomes were summed up but {removed} removed");
    }

    [LoggerMessage(1, LogLevel.Warning, "Housekeeping failed; it is tried again in a minute.")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(2, LogLevel.Debug, "Housekeeping stopped.")]
    private partial void LogStopped();
}
