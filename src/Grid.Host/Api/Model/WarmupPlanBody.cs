using Grid.Core.Admission;

namespace Grid.Host.Api.Model;

/// <summary>A warm-up plan.</summary>
/// <param name="Days">Allowances by day; after the last the IP is warm.</param>
public sealed record WarmupPlanBody(string Name, IReadOnlyList<WarmupDayBody> Days)
{
    public static WarmupPlanBody Of(WarmupPlan plan) => new(plan.Name, [.. plan.Days.Select(day => WarmupDayBody.Of(day)!)]);
}
