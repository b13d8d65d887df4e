using Grid.Grains.Queue;

namespace Grid.Host.Console.Observed;

/// <summary>The queue in numbers, counted at most every 2 s: counting a million rows takes the store a while.</summary>
internal sealed class QueueWatch(QueueControl queue, TimeProvider clock)
{
    private readonly Kept<QueueSummary> _summary = new(() => queue.SummaryAsync(CancellationToken.None).AsTask(), TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(150), clock);

    /// <summary>When it was counted.</summary>
    public DateTimeOffset CountedAt => _summary.LoadedAt;

    public ValueTask<QueueSummary> SummaryAsync() => _summary.GetAsync();
}
