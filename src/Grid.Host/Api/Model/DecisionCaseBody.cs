using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>A decision with all that it rests on.</summary>
/// <param name="Number">Its place in the ledger's chain.</param>
/// <param name="Previous">Hash of the entry before.</param>
/// <param name="Hash">Its own hash.</param>
/// <param name="Rule">The clause as the policy's version has it; absent where no clause decided.</param>
/// <param name="Case">The case that it opened or belongs to.</param>
public sealed record DecisionCaseBody(DecisionBody Decision, long Number, string Previous, string Hash, PolicyVersionBody? Policy, RuleBody? Rule, CaseBody? Case)
{
    /// <summary>The subject's decisions before this one, newest first, at most 20.</summary>
    public IReadOnlyList<DecisionBody> Earlier { get; init; } = [];
}
