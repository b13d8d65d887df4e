namespace Grid.Grains.Queue;

/// <summary>The queue in numbers of recipients.</summary>
/// <param name="Ready">Could go now.</param>
/// <param name="InFlight">Taken by a sender, not settled yet.</param>
/// <param name="OldestSeconds">Age of the oldest.</param>
public sealed record QueueSummary(
    long Total, long Ready, long Deferred, long InFlight, double OldestSeconds, IReadOnlyList<QueueShare> ByDomain, IReadOnlyList<QueueShare> ByTenant)
{
    /// <summary>Held as their stream or campaign is suspended while other mail of their tenant goes; neither ready nor deferred.</summary>
    public long Suspended { get; init; }
}
