namespace Grid.Contracts.Enforcement;

/// <summary>An exception of one tenant from a clause of its policy.</summary>
/// <param name="Clause">Id of the clause; one that the policy doesn't have is kept, and acts when it does.</param>
/// <param name="Threshold">What holds instead of the clause's: a fraction, or a number for clauses that count; null where it is waived.</param>
/// <param name="By">Who made it.</param>
/// <param name="Reason">Why.</param>
[GenerateSerializer, Immutable, Alias("grid.clause-override")]
public sealed record ClauseOverride(
    [property: Id(0)] string Clause,
    [property: Id(1)] decimal? Threshold,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] string By,
    [property: Id(4)] string Reason)
{
    /// <summary>The clause isn't judged at all.</summary>
    public bool IsWaived => Threshold is null;
}
