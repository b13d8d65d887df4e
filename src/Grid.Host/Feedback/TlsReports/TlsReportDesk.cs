using Grid.Core.Feedback;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Counters;
using Grid.Host.Options;

namespace Grid.Host.Feedback.TlsReports;

/// <summary>
/// Reports to domains about the TLS of their mail hosts (RFC 8460). In: the counts of this process, the clock. Out: counts in the store, of
/// domains that want reports; after the end of each day (UTC) reports, spread over hours; their deliveries. Guarantees that a kill loses a
/// minute's counts at most, and no report that was made. Fails by logging; the next round goes on. Does nothing where <c>Grid:TlsReports</c> isn't set.
/// </summary>
public sealed partial class TlsReportDesk(
    TlsSessionBook book, ITlsReports store, TlsReportMaker maker, TlsReportPost post, TlsReportInstruments instruments, GridOptions options, TimeProvider clock, ILogger<TlsReportDesk> log)
    : BackgroundService
{
    /// <summary>Domains that are counted in a day.</summary>
    public const int MostDomains = 20_000;

    private const int Page = 500;
    private const int Batch = 200;
    private const int AtOnce = 8;
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly HashSet<string> _counted = new(StringComparer.Ordinal);
    private DateOnly _countedOn;

    /// <summary>One round: what was counted goes to the store, what is due is made and sent.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await FlushAsync(cancellationToken);
            await MakeDueAsync(cancellationToken);
            await SendDueAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Makes and sends a report about what is gathered of a domain, without waiting for the day's end; its id, null where there is nothing to report, or nobody to report to.</summary>
    public async ValueTask<string?> MakeNowAsync(string domain, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await FlushAsync(cancellationToken);
            var made = await maker.MakeAsync(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), domain, cancellationToken);
            await SendDueAsync(cancellationToken);
            return made;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (options.TlsReports.IsOn)
        {
            await TryAsync(FlushAsync, cancellationToken);
        }
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.TlsReports.IsOn)
        {
            return;
        }

        using var timer = new PeriodicTimer(Round, clock);
        do
        {
            await TryAsync(RunAsync, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TryAsync(Func<CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await act(cancellationToken);
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            LogAgain(e);
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        var (counts, leftOut) = book.Take();
        instruments.LeftOut(leftOut);
        var kept = new Queue<TlsCount>();
        try
        {
            await Parallel.ForEachAsync(counts.GroupBy(count => count.Domain), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (domain, cancel) =>
            {
                // Who can't be asked now is asked again before the report is made.
                if (await maker.DestinationsAsync(domain.Key, cancel) is not { Count: 0 })
                {
                    lock (kept)
                    {
                        Keep(kept, domain.Key, [.. domain]);
                    }
                }
            });
        }
        catch
        {
            book.Return(counts);
            throw;
        }

        while (kept.Count > 0)
        {
            var some = kept.Take(Batch).ToList();
            try
            {
                instruments.LeftOut(await store.AddAsync(some, CancellationToken.None));
            }
            catch
            {
                book.Return(kept);
                throw;
            }

            some.ForEach(_ => kept.Dequeue());
        }
    }

    private void Keep(Queue<TlsCount> kept, string domain, IReadOnlyList<TlsCount> counts)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        if (_countedOn != today)
        {
            _countedOn = today;
            _counted.Clear();
        }

        if (_counted.Contains(domain) || (_counted.Count < MostDomains && _counted.Add(domain)))
        {
            foreach (var count in counts)
            {
                kept.Enqueue(count);
            }
        }
        else
        {
            instruments.LeftOut(counts.Sum(count => count.Sessions));
        }
    }

    private async Task MakeDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        for (var day = await store.FirstDayAsync(cancellationToken) ?? today; day < today; day = day.AddDays(1))
        {
            IReadOnlyList<string> page;
            var after = "";
            do
            {
                page = await store.DomainsAsync(day, after, Page, cancellationToken);
                foreach (var domain in page.Where(domain => TlsReportSchedule.MadeAt(day, domain) <= now))
                {
                    await maker.MakeAsync(day, domain, cancellationToken);
                }

                after = page.Count > 0 ? page[^1] : after;
            }
            while (page.Count == Page);
        }
    }

    private async Task SendDueAsync(CancellationToken cancellationToken)
    {
        var due = await store.DueAsync(clock.GetUtcNow(), Page, cancellationToken);
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, post.SendAsync);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reports about TLS had to wait; trying again")]
    private partial void LogAgain(Exception e);
}
