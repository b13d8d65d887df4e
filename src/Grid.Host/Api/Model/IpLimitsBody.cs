namespace Grid.Host.Api.Model;

/// <summary>A sending IP's own limits.</summary>
/// <param name="MaxRate">As "300/min".</param>
public sealed record IpLimitsBody(string? MaxRate);
