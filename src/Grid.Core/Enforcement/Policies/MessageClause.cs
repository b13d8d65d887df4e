namespace Grid.Core.Enforcement.Policies;

/// <summary>A clause that is judged with each message: what follows is at most that the message isn't taken.</summary>
/// <param name="Action">Refuse, Hold, Suppress, or Record.</param>
public sealed record MessageClause(
    string Id,
    PolicySubject Subject,
    PolicyCondition When,
    Consequence Action,
    string Words,
    string Remedy)
{
    /// <summary>It asks how a recipient agreed: where that differs, it is judged for each of them.</summary>
    public bool AsksConsent { get; } = Conditions.Leaves(When).OfType<PolicyCondition.Fact>().Any(f => f.Signal.StartsWith("consent.", StringComparison.Ordinal));
}
