namespace Grid.Core.Counters;

/// <summary>How one sending IP fared at a recipient domain.</summary>
/// <param name="Tries">Attempts that were answered.</param>
/// <param name="Blocks">Those refused for the IP's reputation.</param>
public sealed record IpTally(string Ip, long Tries, long Blocks);
