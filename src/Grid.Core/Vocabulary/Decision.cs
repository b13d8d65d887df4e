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
}
