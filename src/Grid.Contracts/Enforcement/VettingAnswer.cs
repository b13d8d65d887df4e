namespace Grid.Contracts.Enforcement;

/// <summary>Answer to a note for a vetting file.</summary>
/// <param name="View">As it stands after it; null where there is no such tenant.</param>
/// <param name="Refused">Why it was not taken; null when it was.</param>
[GenerateSerializer, Immutable, Alias("grid.vetting-answer")]
public sealed record VettingAnswer([property: Id(0)] VettingView? View, [property: Id(1)] string? Refused);
