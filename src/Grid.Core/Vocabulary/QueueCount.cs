namespace Grid.Core.Vocabulary;

/// <summary>Queued envelopes of one tenant, of one domain or of all, whether in memory or in the store.</summary>
/// <param name="Name">The tenant or domain; empty for all.</param>
/// <param name="Deferred">Due later, and not aside.</param>
/// <param name="OldestAcceptedAt">When the oldest was accepted; MaxValue where there is none.</param>
public sealed record QueueCount(string Name, long Total, long Deferred, DateTimeOffset OldestAcceptedAt)
{
    /// <summary>Wait aside, as their stream or campaign is suspended.</summary>
    public long Suspended { get; init; }
}
