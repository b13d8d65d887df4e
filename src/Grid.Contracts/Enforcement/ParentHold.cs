using Grid.Core.Vocabulary;

namespace Grid.Contracts.Enforcement;

/// <summary>Why a tenant may not send though its own standing is good: a tenant above it is suspended or terminated, or suspended it.</summary>
/// <param name="By">The tenant above.</param>
/// <param name="Standing">Suspended or Terminated.</param>
/// <param name="Clause">The clause that decided there, or "parent" where the tenant above suspended it.</param>
/// <param name="Words">Why.</param>
[GenerateSerializer, Immutable, Alias("grid.parent-hold")]
public sealed record ParentHold([property: Id(0)] string By, [property: Id(1)] Standing Standing, [property: Id(2)] string Clause, [property: Id(3)] string Words);
