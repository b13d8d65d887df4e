namespace Grid.Host.Api.Model;

/// <summary>An operator's transition of a tenant.</summary>
/// <param name="State">pending, active, warned, suspended or terminated.</param>
/// <param name="Reason">1 to 1,000 characters; it goes to the ledger.</param>
/// <param name="OverrideVetting">With active, for a pending tenant: true lets it in though something is missing that its policy demands, and the ledger says so; default false.</param>
public sealed record TenantStateRequest(string? State, string? Reason, bool? OverrideVetting);
