namespace Grid.Host.Api.Model;

/// <summary>What is to be mended, and until when.</summary>
public sealed record CureBody(DateTimeOffset Due, string? Required);
