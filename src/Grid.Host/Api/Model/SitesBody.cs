namespace Grid.Host.Api.Model;

/// <summary>Sites, in order of name, at most 1,000.</summary>
public sealed record SitesBody(IReadOnlyList<SiteName> Sites);
