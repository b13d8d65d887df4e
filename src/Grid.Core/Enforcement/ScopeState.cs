using Grid.Core.Vocabulary;

namespace Grid.Core.Enforcement;

/// <summary>
/// A part of a tenant's mail with a standing of its own: <c>stream/bulk</c>, <c>stream/transactional</c> or <c>campaign/NAME</c>. Plain, to be saved
/// as JSON. Grid and operator each have a say, and the more severe holds.
/// </summary>
public sealed record ScopeState
{
    /// <summary>Kind and name.</summary>
    public required string Scope { get; init; }

    /// <summary>What the grid's clauses set: Active or Suspended.</summary>
    public Standing Grid { get; init; } = Standing.Active;

    /// <summary>What an operator set: Active or Suspended.</summary>
    public Standing Operator { get; init; } = Standing.Active;

    /// <summary>The clause that suspended, or "operator"; null while active.</summary>
    public string? Clause { get; init; }

    /// <summary>Why, in words.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Since when it stands so.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Signals that were reported about it, each once: its messages are judged as if each had them.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>Its mail isn't taken, and what is queued of it is held.</summary>
    public bool IsSuspended => Grid == Standing.Suspended || Operator == Standing.Suspended;
}
