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
    /// <summary>transition, shadow, push, act, refusal or finding.</summary>
    public DecisionKind Kind { get; init; }

    /// <summary>True where it was judged and not enforced; else absent.</summary>
    public bool? Shadow { get; init; }

    /// <summary>SHA-256 of the policy's text.</summary>
    public string? PolicyHash { get; init; }

    /// <summary>Bounds of what was counted.</summary>
    public BoundsBody? Counted { get; init; }

    /// <summary>Conditions before: probation, guided, limited, investigating, awaitingAppeal.</summary>
    public string? ConditionBefore { get; init; }

    /// <summary>Conditions after.</summary>
    public string? ConditionAfter { get; init; }

    public string? Evidence { get; init; }

    /// <summary>The case that it opened or belongs to.</summary>
    public string? Case { get; init; }

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
        decision.CureDue)
    {
        Kind = decision.Kind,
        Shadow = decision.Kind == DecisionKind.Shadow ? true : null,
        PolicyHash = decision.PolicyHash,
        Counted = decision is { WindowFrom: { } from, WindowTo: { } to } ? new(from, to) : null,
        ConditionBefore = decision.ConditionBefore,
        ConditionAfter = decision.ConditionAfter,
        Evidence = string.IsNullOrEmpty(decision.Evidence) ? null : decision.Evidence,
        Case = decision.Case,
    };
}
