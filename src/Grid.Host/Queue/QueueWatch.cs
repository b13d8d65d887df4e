using Grid.Grains.Queue;

namespace Grid.Host.Queue;

/// <summary>
/// The queue in numbers, for whoever looks: API, metrics, console. Counting a million rows takes the store seconds, so it is done at most every
/// 2 s, and no more than a tenth of the time. What was counted is remembered for an hour, minute by minute.
/// </summary>
internal sealed class QueueWatch
{
    /// <summary>Minutes that are remembered.</summary>
    public const int Minutes = 60;

    /// <summary>Recipients of a part that a page does not count anew: milliseconds' worth.</summary>
    private const int Large = 10_000;

    private static readonly TimeSpan Cheap = TimeSpan.FromMilliseconds(250);
    private static readonly QueueSummary Nothing = new(0, 0, 0, 0, 0, [], []);

    private readonly QueueControl _queue;
    private readonly TimeProvider _clock;
    private readonly Kept<QueueSummary> _summary;
    private readonly Lock _gate = new();
    private readonly (long Minute, double Oldest)[] _past = new (long, double)[Minutes];

    public QueueWatch(QueueControl queue, TimeProvider clock)
    {
        (_queue, _clock) = (queue, clock);
        _summary = new(() => CountAsync(CancellationToken.None), TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(150), clock);
    }

    /// <summary>When it was counted; <see cref="DateTimeOffset.MinValue"/> before it was.</summary>
    public DateTimeOffset CountedAt => _summary.LoadedAt;

    /// <summary>It was counted at least once.</summary>
    public bool IsCounted => CountedAt != DateTimeOffset.MinValue;

    /// <summary>For a page: what is known, zeros before anything is.</summary>
    public async ValueTask<QueueSummary> GlanceAsync() => await _summary.GlanceAsync() ?? Nothing;

    /// <summary>For a page: one tenant's part, or one domain's, however small. A part that is large is as it was counted with the whole queue.</summary>
    public async ValueTask<QueueShare> ShareAsync(string? tenant, string? domain)
    {
        var whole = await GlanceAsync();
        if ((tenant is not null ? whole.ByTenant : whole.ByDomain).FirstOrDefault(share => share.Name == (tenant ?? domain)) is { Total: > Large } large)
        {
            return large;
        }

        var part = await PartAsync(tenant, domain);
        return (tenant is not null ? part.ByTenant : part.ByDomain)[0];
    }

    /// <summary>For a page: one tenant's part, one domain's, or one tenant's for one domain, as it is now.</summary>
    public ValueTask<QueueSummary> PartAsync(string? tenant, string? domain) => _queue.PartAsync(tenant, domain, CancellationToken.None);

    /// <summary>As it is now where counting is cheap; else as it was counted last, which is waited for the first time.</summary>
    public async ValueTask<(QueueSummary Summary, DateTimeOffset At)> ReadAsync(CancellationToken cancellationToken)
    {
        if (IsCounted && _summary.Cost < Cheap)
        {
            var now = _clock.GetUtcNow();
            return (await CountAsync(cancellationToken), now);
        }

        var summary = await _summary.GetAsync();
        return (summary, CountedAt);
    }

    /// <summary>The longest age, in seconds, that was counted in each of the last minutes, oldest first; not a number where nobody counted.</summary>
    public IReadOnlyList<double> Past()
    {
        var last = Minute(_clock.GetUtcNow());
        lock (_gate)
        {
            return [.. Enumerable.Range(0, Minutes).Select(i => last - Minutes + 1 + i).Select(minute => _past[minute % Minutes] is var slot && slot.Minute == minute ? slot.Oldest : double.NaN)];
        }
    }

    private async Task<QueueSummary> CountAsync(CancellationToken cancellationToken)
    {
        var minute = Minute(_clock.GetUtcNow());
        var summary = await _queue.SummaryAsync(cancellationToken);
        lock (_gate)
        {
            ref var slot = ref _past[minute % Minutes];
            slot = (minute, slot.Minute == minute ? Math.Max(slot.Oldest, summary.OldestSeconds) : summary.OldestSeconds);
        }

        return summary;
    }

    private static long Minute(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerMinute;
}
