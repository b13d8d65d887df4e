using Grid.Core.Vocabulary;

namespace Grid.Contracts.Admission;

/// <summary>Why no permit is given, with what its reader needs to mend it.</summary>
/// <param name="State">"pending", "suspended", "terminated", "throttled" or "unknown" (no such tenant).</param>
/// <param name="Clause">The clause that decided.</param>
/// <param name="Words">What happened, on which figures, and what cures it.</param>
[GenerateSerializer, Immutable, Alias("grid.permit-refusal")]
public sealed record PermitRefusal(
    [property: Id(0)] string State,
    [property: Id(1)] string Policy,
    [property: Id(2)] int PolicyVersion,
    [property: Id(3)] string Clause,
    [property: Id(4)] string Words,
    [property: Id(5)] IReadOnlyList<Figure> Figures);
