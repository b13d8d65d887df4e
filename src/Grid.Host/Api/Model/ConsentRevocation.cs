namespace Grid.Host.Api.Model;

/// <summary>A recipient takes consent back.</summary>
/// <param name="Topic">Only for this topic. Default: all.</param>
/// <param name="At">RFC 3339, not in the future. Default: now.</param>
public sealed record ConsentRevocation(string? Topic, string? At);
