namespace Grid.Contracts.Enforcement;

/// <summary>A tenant with its standing and counters.</summary>
[GenerateSerializer, Immutable, Alias("grid.tenant-view")]
public sealed record TenantView([property: Id(0)] string Id, [property: Id(1)] TenantSpec Spec, [property: Id(2)] AccountView Account);
