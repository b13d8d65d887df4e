namespace Grid.Host.Api.Model;

/// <summary>A tenant's API key.</summary>
/// <param name="Key">Shown this once; absent in lists.</param>
public sealed record KeyBody(string Id, string? Key, DateTimeOffset CreatedAt);
