namespace Grid.Host.Api.Model;

/// <summary>A warm-up plan as PUT.</summary>
/// <param name="Days">1 to 120 days, the first first.</param>
public sealed record WarmupPlanRequest(IReadOnlyList<WarmupDayBody?>? Days);
