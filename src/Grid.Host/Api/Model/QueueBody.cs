namespace Grid.Host.Api.Model;

/// <summary>What is queued: all of it, with the 1,000 largest shares by domain and by tenant; or what was asked for of it, and its share alone.</summary>
/// <param name="Ready">Due now.</param>
/// <param name="InFlight">Inside an SMTP transaction.</param>
/// <param name="OldestSeconds">Age of the oldest.</param>
public sealed record QueueBody(long Total, long Ready, long Deferred, long InFlight, double OldestSeconds, IReadOnlyList<QueueShareBody> ByDomain, IReadOnlyList<QueueShareBody> ByTenant)
{
    /// <summary>Held because their stream or campaign is suspended while other mail of their tenant goes: neither ready nor deferred. They go on, or are cancelled, when that ends.</summary>
    public long Suspended { get; init; }

    /// <summary>When it was counted: now, but for a queue so large that counting takes more than a quarter of a second, which is counted a tenth of the time.</summary>
    public DateTimeOffset CountedAt { get; init; }
}
