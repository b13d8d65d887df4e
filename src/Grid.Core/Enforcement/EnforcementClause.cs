namespace Grid.Core.Enforcement;

/// <summary>One rule of a policy: measured in a window, strictly above a threshold, with floors, it acts.</summary>
/// <param name="Id">Stable name, such as "complaint-cutoff".</param>
/// <param name="Measure">What is measured.</param>
/// <param name="Window">Name of a window of the policy.</param>
/// <param name="Threshold">Breached strictly above it.</param>
/// <param name="MinDelivered">Floor of the measure's volume (delivered, attempts or tries); below it nothing is judged.</param>
/// <param name="MinEvents">Floor of the events themselves.</param>
/// <param name="Action">What it does.</param>
/// <param name="Cure">For Warn: time to cure. For Suspend: after which it ends by itself; null where only an operator ends it.</param>
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
}
