namespace Grid.Core.Enforcement.Policies;

/// <summary>A clause of a policy as it is written.</summary>
/// <param name="Id">Stable name, as refusals and decisions cite it: "MU-64".</param>
/// <param name="Words">The rule in a sentence.</param>
/// <param name="Remedy">What cures it; may be empty.</param>
/// <param name="Source">Where it comes from; null for the operator's own.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="When">When it acts.</param>
/// <param name="Then">What follows, at least one, each once.</param>
public sealed record PolicyClause(
    string Id,
    string Words,
    string Remedy,
    ClauseSource? Source,
    PolicySubject Subject,
    PolicyCondition When,
    IReadOnlyList<PolicyConsequence> Then);
