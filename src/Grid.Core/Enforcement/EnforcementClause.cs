using Grid.Core.Enforcement.Policies;

namespace Grid.Core.Enforcement;

/// <summary>One rule of a compiled policy: measured in a window, strictly above a threshold, with floors, it acts.</summary>
/// <param name="Id">Stable name, such as "complaint-cutoff". Several clauses with one id are alternatives of one written clause.</param>
/// <param name="Measure">What is measured.</param>
/// <param name="Window">Name of a window of the policy; empty for what the subject remembers.</param>
/// <param name="Threshold">Breached strictly above it.</param>
/// <param name="MinDelivered">Floor of the measure's volume (delivered, attempts or tries); below it nothing is judged.</param>
/// <param name="MinEvents">Floor of the events themselves.</param>
/// <param name="Action">What it does.</param>
/// <param name="Cure">For guide, warn and limit: time to cure. For Suspend: after which it ends by itself; null where only an operator ends it.</param>
/// <param name="Words">The rule in a sentence, for whoever is refused.</param>
/// <param name="CureText">What cures it, for whoever is to cure it.</param>
public sealed record EnforcementClause(
    string Id,
    ClauseMeasure Measure,
    string Window,
    Ratio Threshold,
    long MinDelivered,
    long MinEvents,
    ClauseAction Action,
    TimeSpan? Cure,
    string Words,
    string CureText)
{
    /// <summary>For Suspend with a Cure: it doubles with each suspension in the repeat window, up to this; null: it is always the same.</summary>
    public TimeSpan? CureMax { get; init; }

    /// <summary>For <see cref="ClauseMeasure.EventCount"/>: the reported signal; else empty.</summary>
    public string Signal { get; init; } = "";

    /// <summary>For what the subject remembers: how far back.</summary>
    public TimeSpan Over { get; init; }

    /// <summary>Further measures that must be breached too.</summary>
    public IReadOnlyList<EnforcementTerm> Also { get; init; } = [];

    /// <summary>What follows beside the change of standing.</summary>
    public ClauseEffects Effects { get; init; }

    /// <summary>Stream or Campaign where it is written about such: it acts on that alone where a report names one. Null: on the subject as a whole.</summary>
    public PolicySubject? Part { get; init; }

    /// <summary>Where the rule comes from; null for the operator's own.</summary>
    public ClauseSource? Source { get; init; }

    /// <summary>The measure that it is shown with.</summary>
    public EnforcementTerm Leading => new(Measure, Signal, Window, Over, Threshold, MinDelivered, MinEvents);

    /// <summary>Every measure.</summary>
    public IEnumerable<EnforcementTerm> Terms => [Leading, .. Also];
}
