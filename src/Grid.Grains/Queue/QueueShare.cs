namespace Grid.Grains.Queue;

/// <summary>One tenant's or domain's part of the queue, in recipients.</summary>
/// <param name="OldestSeconds">Age of its oldest.</param>
public sealed record QueueShare(string Name, long Total, long Deferred, bool Paused, double OldestSeconds)
{
    /// <inheritdoc cref="QueueSummary.Suspended"/>
    public long Suspended { get; init; }
}
