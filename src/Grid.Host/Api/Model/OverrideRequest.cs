namespace Grid.Host.Api.Model;

/// <summary>An exception from a clause: a threshold of its own, or none.</summary>
public sealed record OverrideRequest(decimal? Threshold, bool? Waived, string? Reason);
