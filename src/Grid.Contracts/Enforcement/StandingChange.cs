using Grid.Core.Vocabulary;

namespace Grid.Contracts.Enforcement;

/// <summary>Answer to an operator's transition.</summary>
/// <param name="Refused">Why it is forbidden; null when it was made.</param>
[GenerateSerializer, Immutable, Alias("grid.standing-change")]
public sealed record StandingChange([property: Id(0)] Standing Standing, [property: Id(1)] string? Refused);
