namespace Grid.Host.Api.Model;

/// <summary>Ends what rules have done at a site.</summary>
/// <param name="Ip">For this sending IP only; absent: for all.</param>
public sealed record SiteResumeRequest(string? Ip);
