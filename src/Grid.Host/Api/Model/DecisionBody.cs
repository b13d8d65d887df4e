using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>One entry of the ledger.</summary>
public sealed record DecisionBody(
    string Id,
    DateTimeOffset At,
    string Subject,
    Standing From,
    Standing To,
    string Action,
    string Policy,
    int PolicyVersion,
    string Clause,
    IReadOnlyDictionary<string, decimal> Figures,
    string By,
    string? Reason,
    DateTimeOffset? CureDue)
{
    public static DecisionBody? Of(Decision? decision) => decision is null ? null : new(
        decision.Id,
        decision.At,
        decision.Subject.ToString(),
        decision.From,
        decision.To,
        decision.Action,
        decision.Policy,
        decision.PolicyVersion,
        decision.Clause,
        FigureMap.Of(decision.Figures) ?? new Dictionary<string, decimal>(),
        decision.By,
        decision.Reason.Length == 0 ? null : decision.Reason,
        decision.CureDue);
}
