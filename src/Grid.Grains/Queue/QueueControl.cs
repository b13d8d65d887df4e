using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Admission;
using Grid.Grains.Outcomes;
using Microsoft.Extensions.Logging;

namespace Grid.Grains.Queue;

/// <summary>
/// What operators and tenants may do with queued mail: look, flush, pause, resume, cancel. Guarantees that what is cancelled was not sent
/// and never will be, and that what is inside a transaction is left to end by itself: it is cancelled afterwards if it is still queued.
/// </summary>
public sealed partial class QueueControl
{
    private const int Page = 1000;
    private const int MostUnsettled = 5000;
    private const int Rounds = 60;
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20);

    private readonly ISpool _spool;
    private readonly ActiveWindow _window;
    private readonly ReadyQueues _queues;
    private readonly Pauses _pauses;
    private readonly OutcomeDesk _desk;
    private readonly TimeProvider _clock;
    private readonly ILogger<QueueControl> _log;

    public QueueControl(ISpool spool, ActiveWindow window, ReadyQueues queues, Pauses pauses, OutcomeDesk desk, PermitBook book, TimeProvider clock, ILogger<QueueControl> log)
    {
        (_spool, _window, _queues, _pauses, _desk, _clock, _log) = (spool, window, queues, pauses, desk, clock, log);
        book.Ended += subject => _ = CancelEndedAsync(subject);
    }

    public async ValueTask<QueueSummary> SummaryAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var counts = await _spool.CountAsync(now, Page, cancellationToken);
        var whole = counts.Whole;
        var inFlight = Math.Max(0, _window.InMemory - _queues.All.Sum(q => q.Count));
        return new(
            whole.Total,
            Math.Max(0, whole.Total - whole.Deferred - whole.Suspended - inFlight),
            whole.Deferred,
            inFlight,
            Age(whole),
            Shares(counts.ByDomain, domain => _pauses.IsPaused("", domain)),
            Shares(counts.ByTenant, tenant => _pauses.IsPaused(tenant, "")))
        {
            Suspended = whole.Suspended,
        };

        double Age(QueueCount count) => count.Total == 0 ? 0 : Math.Max(0, (now - count.OldestAcceptedAt).TotalSeconds);
        List<QueueShare> Shares(IReadOnlyList<QueueCount> shares, Func<string, bool> paused) => [.. shares.Select(c => new QueueShare(c.Name, c.Total, c.Deferred, paused(c.Name), Age(c)) { Suspended = c.Suspended })];
    }

    /// <summary>One tenant's part of the queue, one domain's, or one tenant's for one domain (not neither), however small. Costs what the part has, not what the queue has; exact while nothing
    /// of it moves, and what is deferred in that moment may be counted twice.</summary>
    public async ValueTask<QueueSummary> PartAsync(string? tenant, string? domain, CancellationToken cancellationToken)
    {
        var (now, which) = (_clock.GetUtcNow(), Matches(tenant, domain));
        var queued = _queues.All.Sum(q => q.CountOf(which));

        // Memory before the store: mail goes from there to here, and is missed in neither.
        var memory = _window.Count(which);
        var stored = await _spool.CountStoredAsync(tenant, domain, now, cancellationToken);
        var (total, inFlight) = (stored.Total + memory.Unstored, Math.Max(0, memory.All - queued));
        var oldest = memory.Oldest < (stored.OldestAcceptedAt ?? DateTimeOffset.MaxValue) ? memory.Oldest : stored.OldestAcceptedAt;
        var seconds = oldest is { } accepted ? Math.Max(0, (now - accepted).TotalSeconds) : 0;
        return new(total, Math.Max(0, total - stored.Deferred - stored.Suspended - inFlight), stored.Deferred, inFlight, seconds, Named(domain), Named(tenant)) { Suspended = stored.Suspended };

        IReadOnlyList<QueueShare> Named(string? name) =>
            name is null ? [] : [new(name, total, stored.Deferred, _pauses.IsPaused(tenant ?? "", domain ?? ""), seconds) { Suspended = stored.Suspended }];
    }

    /// <summary>Makes deferred mail due now; returns how many recipients. What is suspended stays so.</summary>
    public async ValueTask<long> FlushAsync(string? tenant, string? domain, CancellationToken cancellationToken)
    {
        var flushed = await _spool.FlushAsync(tenant, domain, _clock.GetUtcNow(), cancellationToken);
        _window.Refresh();
        return flushed;
    }

    /// <summary>Nothing that matches is begun any more once this completes; it holds over restarts.</summary>
    public async ValueTask PauseAsync(string? tenant, string? domain, CancellationToken cancellationToken)
    {
        await _pauses.PauseAsync(tenant, domain, cancellationToken);
        await _window.ParkAsync(Matches(tenant, domain), cancellationToken);
    }

    public async ValueTask ResumeAsync(string? tenant, string? domain, CancellationToken cancellationToken)
    {
        await _pauses.ResumeAsync(tenant, domain, cancellationToken);
        foreach (var queue in _queues.All)
        {
            queue.StandAll();
        }

        _window.Refresh();
    }

    /// <summary>Cancels what is queued, suspended or not, and not inside a transaction; returns how many recipients.</summary>
    public async ValueTask<long> CancelAsync(string? tenant, string? domain, string clause, CancellationToken cancellationToken)
    {
        long cancelled = Cancel(_window.Withdraw(Matches(tenant, domain)), clause);
        var after = default(EnvelopeKey);
        while (await _spool.ReadLiveAsync(tenant, domain, after, Page, cancellationToken) is { Count: > 0 } page)
        {
            after = page[^1].Key;
            cancelled += Cancel(_window.Claim(page), clause);
            while (_desk.Waiting > MostUnsettled)
            {
                await Task.Delay(Breath, _clock, cancellationToken);
            }
        }

        // What was on its way to a queue may have come there since.
        return cancelled + Cancel(_window.Withdraw(Matches(tenant, domain)), clause);
    }

    /// <summary>Cancels what is queued of one message; returns how many recipients.</summary>
    public async ValueTask<int> CancelMessageAsync(MessageId id, CancellationToken cancellationToken)
    {
        if (await _spool.FindAsync(id, cancellationToken) is not { Live: { Count: > 0 } live })
        {
            return 0;
        }

        var (tenant, keys) = (live[0].Tenant, live.Select(e => e.Key).ToHashSet());
        return Cancel(Queued(), "cancelled") + Cancel(_window.Claim(live), "cancelled") + Cancel(Queued(), "cancelled");

        List<QueueItem> Queued() => _window.Withdraw((t, _) => t == tenant, item => keys.Contains(item.Envelope.Key));
    }

    private int Cancel(List<QueueItem> items, string clause)
    {
        items.ForEach(item => _desk.SettleCancelled(item, clause));
        return items.Count;
    }

    private async Task CancelEndedAsync(Subject subject)
    {
        try
        {
            // Several rounds, as what was inside a transaction may be deferred yet.
            for (var round = 0; round < Rounds && subject.Kind == SubjectKind.Tenant; round++)
            {
                if (await CancelAsync(subject.Key, null, "terminated", CancellationToken.None) == 0 && round > 1)
                {
                    return;
                }

                await Task.Delay(Again, _clock);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogNotCancelled(e, subject);
        }
    }

    private static Func<string, string, bool> Matches(string? tenant, string? domain) => (t, d) => (tenant is null || t == tenant) && (domain is null || d == domain);

    [LoggerMessage(Level = LogLevel.Error, Message = "The queue of {Subject} could not be cancelled")]
    private partial void LogNotCancelled(Exception e, Subject subject);
}
