using Grid.Core.Counters;
using Grid.Core.Enforcement;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Enforcement;

/// <summary>
/// Where a policy in shadow would have a subject: it begins at the subject's own standing and goes its own way from there, on the same
/// counters. Where the policy would have begun the windows anew, they go on: they are the enforced policy's.
/// </summary>
internal sealed class ShadowStanding(StandingState? state, string? of)
{
    /// <summary>Null where no policy is in shadow.</summary>
    public StandingState? State { get; private set; } = state;

    /// <summary>The policy, as "default@3".</summary>
    public string? Of { get; private set; } = of;

    /// <summary>What the policy would have changed now, and from where; null for nothing.</summary>
    public (Standing From, Verdict.Change Change)? Judge(RunningPolicy? policy, SubjectKind kind, StandingState enforced, RollingCounters counters, DateTimeOffset now, StandingEvent? trigger = null)
    {
        if (policy is null)
        {
            (State, Of) = (null, null);
            return null;
        }

        if (Of != policy.Id || State is null || enforced.Standing is Standing.Terminated or Standing.Pending)
        {
            (State, Of) = (enforced with { CureDue = null }, policy.Id);
        }

        State = trigger is null ? State : StandingMachine.Remember(State, trigger);
        var verdict = StandingMachine.CureEnded(policy.Policy, kind, State, counters, now);
        verdict = verdict is Verdict.Change ? verdict : StandingMachine.Judge(policy.Policy, kind, State, counters, now, trigger);
        if (verdict is not Verdict.Change change)
        {
            return null;
        }

        var from = State.Standing;
        State = change.Next;
        return (from, change);
    }
}
