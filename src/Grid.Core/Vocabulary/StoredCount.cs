namespace Grid.Core.Vocabulary;

/// <summary>Envelopes of one part of the queue that wait in the store.</summary>
/// <param name="Total">All of them.</param>
/// <param name="Deferred">Due later, and not aside.</param>
/// <param name="Suspended">Wait aside, as their stream or campaign is suspended.</param>
/// <param name="OldestAcceptedAt">When the oldest was accepted; null where there is none.</param>
public sealed record StoredCount(long Total, long Deferred, long Suspended, DateTimeOffset? OldestAcceptedAt);
