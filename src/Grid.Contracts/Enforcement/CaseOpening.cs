using Grid.Core.Vocabulary;

namespace Grid.Contracts.Enforcement;

/// <summary>What opens a case.</summary>
/// <param name="Words">What it is about, at most 4,000 characters.</param>
/// <param name="Decision">The entry of the ledger that opened it; null where none did.</param>
[GenerateSerializer, Immutable, Alias("grid.case-opening")]
public sealed record CaseOpening(
    [property: Id(0)] Subject Subject,
    [property: Id(1)] CaseKind Kind,
    [property: Id(2)] string Words,
    [property: Id(3)] string? Decision,
    [property: Id(4)] DateTimeOffset At);
