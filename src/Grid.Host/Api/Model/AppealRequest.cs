namespace Grid.Host.Api.Model;

/// <summary>A tenant's appeal, each at most 4,000 characters.</summary>
/// <param name="Cause">What led to it.</param>
/// <param name="Fixes">What was mended.</param>
/// <param name="Prevention">What keeps it from happening again.</param>
public sealed record AppealRequest(string? Cause, string? Fixes, string? Prevention);
