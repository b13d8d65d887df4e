using Grid.Core.Vocabulary;

namespace Grid.Contracts.Enforcement;

/// <summary>A case as it stands.</summary>
/// <param name="Owner">Who looks into it; null where nobody has taken it.</param>
/// <param name="Verdict">How it was closed; null while it is open.</param>
/// <param name="ClosedAt">When; null while it is open.</param>
/// <param name="Notes">What happened in it, oldest first, at most 1,000.</param>
/// <param name="LegalHold">It may not be closed, nor anything that it is about removed.</param>
[GenerateSerializer, Immutable, Alias("grid.case-file")]
public sealed record CaseFile(
    [property: Id(0)] string Id,
    [property: Id(1)] Subject Subject,
    [property: Id(2)] CaseKind Kind,
    [property: Id(3)] string Words,
    [property: Id(4)] string? Decision,
    [property: Id(5)] DateTimeOffset OpenedAt,
    [property: Id(6)] string? Owner,
    [property: Id(7)] string? Verdict,
    [property: Id(8)] DateTimeOffset? ClosedAt,
    [property: Id(9)] IReadOnlyList<CaseNote> Notes,
    [property: Id(10)] bool LegalHold)
{
    /// <summary>By when somebody is to have looked at it.</summary>
    [Id(11)]
    public DateTimeOffset? TriageDue { get; init; }

    /// <summary>When an operator first did anything in it; null: nobody looked yet.</summary>
    [Id(12)]
    public DateTimeOffset? LookedAt { get; init; }

    /// <summary>Open, and nobody looked at it in time.</summary>
    public bool IsOverdue(DateTimeOffset now) => ClosedAt is null && LookedAt is null && TriageDue < now;
}
