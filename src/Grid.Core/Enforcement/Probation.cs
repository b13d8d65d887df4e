using Grid.Core.Vocabulary;

namespace Grid.Core.Enforcement;

/// <summary>The allowance of new tenants, which rises step by step while nothing speaks against them.</summary>
internal static class Probation
{
    /// <summary>Name under which its changes stand on the ledger.</summary>
    public const string Clause = "probation";

    /// <summary>The state with the first step, where the ladder has one.</summary>
    public static StandingState Begin(EnforcementPolicy policy, SubjectKind kind, StandingState state, DateTimeOffset now) =>
        kind != SubjectKind.Tenant || policy.Ladder.Probation.Count == 0
            ? state
            : state with { Conditions = state.Conditions | StandingConditions.Probation, ProbationStep = 0, ProbationDue = now + policy.Ladder.Probation[0].For };

    /// <summary>The next step, or its end; the same step once more where something speaks against it.</summary>
    public static Verdict Step(EnforcementPolicy policy, StandingState state, bool isClean, DateTimeOffset now)
    {
        var steps = policy.Ladder.Probation;
        if (state.ProbationDue is not { } due || now < due)
        {
            return Verdict.Stay.Same;
        }

        var step = isClean ? state.ProbationStep + 1 : state.ProbationStep;
        var ends = step >= steps.Count;
        var next = ends
            ? state with { Conditions = state.Conditions & ~StandingConditions.Probation, ProbationStep = 0, ProbationDue = null }
            : state with { ProbationStep = step, ProbationDue = now + steps[step].For };
        return new Verdict.Change(
            state.Standing,
            Clause,
            Clause,
            ends ? [] : [new("step", step + 1), new("perDay", steps[step].PerDay)],
            next.CureDue,
            false,
            ends ? "the probation is over" : isClean ? $"step {step + 1} of {steps.Count}: {steps[step].PerDay} recipients a day" : $"step {step + 1} of {steps.Count} once more: rates are above the limits",
            next);
    }
}
