namespace Grid.Host.Api.Model;

/// <summary>A tenant as PUT.</summary>
/// <param name="Name">1 to 200 characters.</param>
/// <param name="Policy">Name of a policy.</param>
/// <param name="Pool">Pool of sending IPs; default: default.</param>
/// <param name="SendingDomains">1 to 100 domains that From addresses may have or be below of.</param>
/// <param name="Sandbox">True: mail is judged and taken as always, answered by the mailbox simulator and never sent; it counts in no rate. Default false.</param>
public sealed record TenantRequest(
    string? Name,
    string? Policy,
    string? Pool,
    TenantProfileBody? Profile,
    TenantLimitsBody? Limits,
    IReadOnlyList<string?>? SendingDomains,
    bool? Sandbox = null)
{
    /// <summary>The tenant that it belongs to, a reseller's: where that is suspended or terminated, this one is too. At most 4 above each other. Default: none.</summary>
    public string? Parent { get; init; }
}
