using Grid.Core.Vocabulary;

namespace Grid.Core.Enforcement;

/// <summary>Where a subject stands on the ladder, and which clauses can move it from there.</summary>
internal static class Rung
{
    /// <summary>The rung as the action that leads to it; Record: none.</summary>
    public static ClauseAction Of(StandingState state) => state.Standing switch
    {
        Standing.Terminated => ClauseAction.Terminate,
        Standing.Suspended => ClauseAction.Suspend,
        _ when state.Conditions.HasFlag(StandingConditions.Limited) => ClauseAction.Limit,
        Standing.Warned => ClauseAction.Warn,
        _ when state.Conditions.HasFlag(StandingConditions.Guided) => ClauseAction.Guide,
        _ => ClauseAction.Record,
    };

    /// <summary>
    /// Whether a clause can act now. Clauses on reports act when their report comes; those on the subject's own warnings and suspensions
    /// follow one of them. Who doesn't send is judged only by what is reported.
    /// </summary>
    public static bool CanAct(EnforcementClause clause, StandingState state, StandingEvent? trigger)
    {
        var onReports = true;
        var isTriggered = false;
        foreach (var term in clause.Terms)
        {
            if (term.Measure is ClauseMeasure.WarningCount or ClauseMeasure.SuspensionCount)
            {
                return false;
            }

            onReports &= term.Measure == ClauseMeasure.EventCount;
            isTriggered |= trigger is not null && term.Signal == trigger.Signal;
        }

        if (onReports && !isTriggered)
        {
            return false;
        }

        return state.Standing switch
        {
            Standing.Terminated => false,
            Standing.Pending or Standing.Suspended => isTriggered && clause.Action is ClauseAction.Record or ClauseAction.Terminate,
            _ => clause.Action is ClauseAction.Record or ClauseAction.Suspend or ClauseAction.Terminate || Rises(clause.Action, state),
        };
    }

    // A period that runs is seen through before the next rung below the hold; a warning by an operator has none.
    private static bool Rises(ClauseAction action, StandingState state)
    {
        var rung = Of(state);
        return rung == ClauseAction.Record || (state.CureDue is null ? action > rung || (action, rung) is (ClauseAction.Warn, ClauseAction.Warn) : action > rung && action == ClauseAction.Limit);
    }
}
