namespace Grid.Host.Api.Model;

/// <summary>Whether the process lives or is ready.</summary>
/// <param name="Status">ok or unavailable.</param>
/// <param name="Reason">Why not; absent when it is.</param>
public sealed record HealthBody(string Status, string? Reason = null);
