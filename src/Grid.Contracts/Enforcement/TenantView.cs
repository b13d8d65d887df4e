using Grid.Core.Enforcement;

namespace Grid.Contracts.Enforcement;

/// <summary>A tenant with its standing and counters.</summary>
[GenerateSerializer, Immutable, Alias("grid.tenant-view")]
public sealed record TenantView([property: Id(0)] string Id, [property: Id(1)] TenantSpec Spec, [property: Id(2)] AccountView Account)
{
    /// <summary>Its streams and campaigns that have a standing of their own.</summary>
    [Id(3)]
    public IReadOnlyList<ScopeState> Scopes { get; init; } = [];

    /// <summary>Who above it holds it back; null: nobody.</summary>
    [Id(4)]
    public ParentHold? Held { get; init; }
}
