using Grid.Core.Counters;
using Grid.Core.Enforcement;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Enforcement;

/// <summary>Brings a saved standing up to the ledger, which is written first: what it decided holds, also where the process died before the state was saved.</summary>
internal static class StandingRecovery
{
    /// <summary>The saved state, or what the ledger's last decision made of it. Restarts the counters' windows where that decision did.</summary>
    public static StandingState Newer(StandingState state, StandingRecord ledger, RollingCounters counters)
    {
        var decision = ledger.LastDecision;
        if (decision.At <= state.Since || (state.Standing == ledger.Standing && state.CureDue == decision.CureDue))
        {
            return state;
        }

        var byGrid = decision.By == "grid";
        var restarted = decision.Action is "cure" or "reinstate" or "resume";
        if (restarted && counters.StartedAt < decision.At)
        {
            counters.Restart(decision.At);
        }

        return state with
        {
            Standing = ledger.Standing,
            Since = ledger.Since,
            CureDue = decision.CureDue,
            WarnedClause = byGrid && ledger.Standing is Standing.Warned or Standing.Suspended ? decision.Clause : null,
            WindowsFrom = restarted ? decision.At : state.WindowsFrom,
            Suspensions = byGrid && ledger.Standing is Standing.Suspended or Standing.Terminated ? [.. state.Suspensions, decision.At] : state.Suspensions,
            OperatorStanding = byGrid ? state.OperatorStanding : decision.To,
        };
    }
}
