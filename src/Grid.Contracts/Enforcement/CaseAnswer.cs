namespace Grid.Contracts.Enforcement;

/// <summary>Answer to an act on a case.</summary>
/// <param name="File">The case after it; null where there is no such case.</param>
/// <param name="Refused">Why it was not done; null when it was.</param>
[GenerateSerializer, Immutable, Alias("grid.case-answer")]
public sealed record CaseAnswer([property: Id(0)] CaseFile? File, [property: Id(1)] string? Refused);
