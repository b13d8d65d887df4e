using Grid.Core.Vocabulary;

namespace Grid.Core.Enforcement;

/// <summary>What a tenant's conditions leave it beside its own limits.</summary>
/// <param name="PerDay">Recipients accepted in any 24 hours; null: no bound.</param>
/// <param name="Rate">Delivery rate; null: no bound.</param>
public readonly record struct Allowance(long? PerDay, Rate? Rate)
{
    /// <summary>As the policy's ladder has it.</summary>
    public static Allowance Of(EnforcementPolicy policy, StandingState state) => new(
        state.Conditions.HasFlag(StandingConditions.Probation) && policy.Ladder.Probation.Count > 0
            ? policy.Ladder.Probation[Math.Min(state.ProbationStep, policy.Ladder.Probation.Count - 1)].PerDay
            : null,
        state.Conditions.HasFlag(StandingConditions.Limited) ? policy.Ladder.LimitedRate : null);
}
