using Grid.Core.Enforcement;

namespace Grid.Core.Vocabulary;

/// <summary>
/// One entry of the ledger: a transition or an operator's act, with what it was judged on. Its id is made from subject and cause,
/// so that deciding the same again (after a crash) adds nothing.
/// </summary>
public sealed record Decision
{
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Subject Subject { get; init; }

    public required Standing From { get; init; }

    public required Standing To { get; init; }

    /// <summary>warn, suspend, terminate, reinstate, activate, cure, configure …</summary>
    public required string Action { get; init; }

    public required string Policy { get; init; }

    public required int PolicyVersion { get; init; }

    /// <summary>Clause id, such as "complaint-cutoff"; "operator" for an operator's own act.</summary>
    public required string Clause { get; init; }

    public IReadOnlyList<Figure> Figures { get; init; } = [];

    /// <summary>"grid" or "operator".</summary>
    public required string By { get; init; }

    public string Reason { get; init; } = "";

    /// <summary>Until when it must be cured; null where nothing is to cure.</summary>
    public DateTimeOffset? CureDue { get; init; }

    /// <summary>Only a transition changes a standing; all else is for the record.</summary>
    public DecisionKind Kind { get; init; }

    /// <summary>SHA-256 of the policy's text, 64 hexadecimal digits; null where no text was judged by.</summary>
    public string? PolicyHash { get; init; }

    /// <summary>Bounds of the stretch that the figures were counted in; null where nothing was counted.</summary>
    public DateTimeOffset? WindowFrom { get; init; }

    /// <inheritdoc cref="WindowFrom"/>
    public DateTimeOffset? WindowTo { get; init; }

    /// <summary>Condition within the standing before and after: probation, guided, limited, investigating, awaitingAppeal; null where there was none.</summary>
    public string? ConditionBefore { get; init; }

    /// <inheritdoc cref="ConditionBefore"/>
    public string? ConditionAfter { get; init; }

    /// <summary>What it rests on beside figures: a finding's evidence, a case, a message; at most 4,000 characters; null where nothing.</summary>
    public string? Evidence { get; init; }

    /// <summary>The case that it opened or belongs to; null where there is none.</summary>
    public string? Case { get; init; }

    /// <summary>A transition's state after it, whole: from it the subject goes on where its process died before the state was saved.</summary>
    public StandingState? State { get; init; }
}
