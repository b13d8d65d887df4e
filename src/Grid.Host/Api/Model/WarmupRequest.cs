namespace Grid.Host.Api.Model;

/// <summary>A sending IP's warm-up.</summary>
/// <param name="StartedOn">The day (UTC) on which it begins, as 2026-11-22 or an instant of that day; default today. In the past: it has gone on by a day each day since.</param>
/// <param name="Plan">Name of a plan; default: standard.</param>
public sealed record WarmupRequest(string? StartedOn, string? Plan);
