namespace Grid.Host.Api.Model;

/// <summary>A tenant's streams and campaigns that have a standing of their own; those that aren't listed have their tenant's.</summary>
public sealed record ScopesBody(IReadOnlyList<ScopeBody> Scopes);
