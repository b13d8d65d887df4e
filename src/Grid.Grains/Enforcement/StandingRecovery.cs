using Grid.Core.Counters;
using Grid.Core.Enforcement;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Enforcement;

/// <summary>Brings a saved standing up to the ledger, which is written first: what it decided holds, also where the process died before the state was saved.</summary>
internal static class StandingRecovery
{
    /// <summary>The saved state, or what the ledger's last decision made of it. Restarts the counters' windows where that decision did.</summary>
    /// <param name="saved">False: the state is a new subject's, and says nothing against the ledger.</param>
    /// <param name="decided">Id of the last decision that the state has.</param>
    public static StandingState Newer(StandingState state, bool saved, string? decided, StandingRecord ledger, RollingCounters counters)
    {
        var decision = ledger.LastDecision;
        if (decided == decision.Id)
        {
            return state;
        }

        var byGrid = decision.By == "grid";
        if (saved && decision.State is null && (decision.At <= state.Since || (state.Standing == ledger.Standing && state.CureDue == decision.CureDue && (byGrid || state.OperatorStanding == decision.To))))
        {
            return state;
        }

        var restarted = decision.Action is "cure" or "reinstate" or "resume" || (decision.From == Standing.Suspended && decision.To == Standing.Warned);
        if (restarted && counters.StartedAt < decision.At)
        {
            counters.Restart(decision.At);
        }

        if (decision.State is { } whole)
        {
            return whole;
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
