namespace Grid.Host.Api.Model;

/// <summary>A stretch of time.</summary>
public sealed record BoundsBody(DateTimeOffset From, DateTimeOffset To);
