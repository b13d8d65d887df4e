namespace Grid.Host.Api.Model;

/// <summary>How the recipients agreed to be mailed.</summary>
/// <param name="Method">Such as double-opt-in.</param>
/// <param name="At">RFC 3339.</param>
/// <param name="Ip">Address from which it was given.</param>
/// <param name="Source">Where it was given.</param>
public sealed record ConsentBody(string? Method, string? At, string? Ip, string? Source);
