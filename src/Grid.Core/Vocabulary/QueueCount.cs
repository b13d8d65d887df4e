namespace Grid.Core.Vocabulary;

/// <summary>Queued envelopes of one tenant for one domain, whether in memory or in the store.</summary>
/// <param name="Deferred">Due later, and not aside.</param>
public sealed record QueueCount(string Tenant, string Domain, long Total, long Deferred, DateTimeOffset OldestAcceptedAt)
{
    /// <summary>Wait aside, as their stream or campaign is suspended.</summary>
    public long Suspended { get; init; }
}
