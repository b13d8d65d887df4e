namespace Grid.Host.Api.Model;

/// <summary>A receiving site: domains behind one receiver's hosts.</summary>
/// <param name="Profile">Shaping profile that it is under.</param>
/// <param name="Limits">An operator's, for all sending IPs together; they go before the profile's.</param>
/// <param name="Queued">Recipients in memory for it, here.</param>
/// <param name="Destinations">Sets of hosts that mail is queued for, at most 100.</param>
/// <param name="Lanes">One for each sending IP.</param>
public sealed record SiteBody(string Site, string Profile, DomainLimitsBody Limits, int Queued, IReadOnlyList<string> Destinations, IReadOnlyList<LaneBody> Lanes);
