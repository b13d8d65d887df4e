namespace Grid.Core.Counters;

/// <summary>How sending IPs fared in five minutes.</summary>
/// <param name="From">When they begin.</param>
public sealed record IpSlot(DateTimeOffset From, IReadOnlyList<IpTally> Ips);
