using Grid.Core.Enforcement;

namespace Grid.Contracts.Enforcement;

/// <summary>A tenant as the operator describes it.</summary>
/// <param name="Policy">Name of the policy that it is under.</param>
/// <param name="Pool">Pool of sending IPs.</param>
/// <param name="SendingDomains">Domains that its From addresses may have (or be below of), lower case ASCII.</param>
[GenerateSerializer, Immutable, Alias("grid.tenant-spec")]
public sealed record TenantSpec(
    [property: Id(0)] string Name,
    [property: Id(1)] string Policy,
    [property: Id(2)] string Pool,
    [property: Id(3)] TenantProfile? Profile,
    [property: Id(4)] TenantLimits Limits,
    [property: Id(5)] IReadOnlyList<string> SendingDomains)
{
    /// <summary>The tenant's id, where whoever handed the spec over knows it; not kept with it. Default empty.</summary>
    [Id(6)]
    public string Id { get; init; } = "";

    /// <summary>Why operators must look at it before it may send, whatever its policy; null: nothing speaks for that.</summary>
    [Id(7)]
    public string? Review { get; init; }

    /// <summary>In the sandbox: mail is judged, taken and answered as the simulator has it, and never sent. Default false.</summary>
    [Id(9)]
    public bool Sandbox { get; init; }

    /// <summary>The tenant that it belongs to, a reseller's, whose standing holds for it too; null: none.</summary>
    [Id(10)]
    public string? Parent { get; init; }

    /// <summary>The pool that it was moved from when it was quarantined; null: it is where it belongs. An operator who names another pool ends the quarantine.</summary>
    [Id(11)]
    public string? HomePool { get; init; }

    /// <summary>Its streams and campaigns that have a standing of their own, where whoever handed the spec over knows them; not kept with it.</summary>
    [Id(12)]
    public IReadOnlyList<ScopeState> Scopes { get; init; } = [];
}
