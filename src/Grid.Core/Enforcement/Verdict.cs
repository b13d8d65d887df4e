using Grid.Core.Vocabulary;

namespace Grid.Core.Enforcement;

/// <summary>What the standing machine says: a closed set.</summary>
public abstract record Verdict
{
    private Verdict()
    {
    }

    /// <summary>Nothing changes.</summary>
    public sealed record Stay : Verdict
    {
        public static readonly Stay Same = new();
    }

    /// <summary>The state changes; the ledger is to say so before anything acts on it.</summary>
    /// <param name="To">The new standing; it may equal the old one, as when an operator takes over a rest.</param>
    /// <param name="Action">guide, warn, limit, suspend, rest, pause, terminate, reinstate, activate, cure, resume, probation, record, stage.</param>
    /// <param name="Clause">The clause that decided, or "operator".</param>
    /// <param name="Figures">What it was judged on.</param>
    /// <param name="CureDue">Until when it is to be cured; what is to be asked when stands in <see cref="StandingState.NextDue"/> of the new state.</param>
    /// <param name="RestartWindows">The counters begin anew now.</param>
    /// <param name="Reason">In words, with what cures it.</param>
    /// <param name="Next">The new state.</param>
    public sealed record Change(
        Standing To,
        string Action,
        string Clause,
        IReadOnlyList<Figure> Figures,
        DateTimeOffset? CureDue,
        bool RestartWindows,
        string Reason,
        StandingState Next) : Verdict
    {
        /// <summary>What follows beside the change.</summary>
        public ClauseEffects Effects { get; init; }
    }

    /// <summary>An operator asked for what the rules forbid.</summary>
    /// <param name="Clause">Stable name of the rule, such as "terminated-is-final".</param>
    /// <param name="Words">Why, and what would be possible.</param>
    public sealed record Refused(string Clause, string Words) : Verdict;
}
