using Grid.Core.Enforcement.Vetting;
using Grid.Core.Vocabulary;

namespace Grid.Contracts.Enforcement;

/// <summary>A tenant's vetting as it stands.</summary>
/// <param name="PolicyVersion">Version of the policy that demands it.</param>
/// <param name="Standing">The tenant's.</param>
[GenerateSerializer, Immutable, Alias("grid.vetting-view")]
public sealed record VettingView(
    [property: Id(0)] string Tenant,
    [property: Id(1)] VettingFile File,
    [property: Id(2)] VettingStage Stage,
    [property: Id(3)] IReadOnlyList<VettingDemand> Demands,
    [property: Id(4)] string Policy,
    [property: Id(5)] int PolicyVersion,
    [property: Id(6)] Standing Standing);
