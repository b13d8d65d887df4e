using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>What the grid tells a tenant about its standing.</summary>
/// <param name="Notice">guide, warn, limit, suspend, terminate, reinstate, cure, activate …</param>
/// <param name="State">The state since then.</param>
/// <param name="Limit">The threshold that was exceeded, as a fraction or a number; absent where no rate decided.</param>
/// <param name="Until">Until when it is to be cured.</param>
/// <param name="Words">The rule, what was measured, and what cures it.</param>
/// <param name="Help">Where help is found.</param>
public sealed record NoticeBody(
    string Id, DateTimeOffset At, string Notice, Standing State, string? Condition, PolicyName Policy, string Clause, IReadOnlyDictionary<string, decimal>? Figures, decimal? Limit,
    DateTimeOffset? Until, string Words, string Help)
{
    public static NoticeBody Of(Decision decision, string help) => new(
        decision.Id,
        decision.At,
        decision.Action,
        decision.To,
        decision.ConditionAfter,
        new(decision.Policy, decision.PolicyVersion),
        decision.Clause,
        FigureMap.Of(decision.Figures),
        decision.Figures.FirstOrDefault(f => f.Name == "threshold")?.Value,
        decision.CureDue,
        decision.Reason,
        help);
}
