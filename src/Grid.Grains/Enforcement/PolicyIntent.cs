using Grid.Contracts.Enforcement;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Enforcement;

/// <summary>A change of a policy that has begun: written first, so that who comes after a crash completes it, with the same entry on the ledger.</summary>
/// <param name="Version">A version that comes with it; null where none does.</param>
internal sealed record PolicyIntent(PolicyHead Head, PolicyText? Version, Decision Decision);
