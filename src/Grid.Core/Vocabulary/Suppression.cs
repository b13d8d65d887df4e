namespace Grid.Core.Vocabulary;

/// <summary>An address that a tenant may not mail.</summary>
/// <param name="Tenant">Tenant id, or "*" for all tenants.</param>
/// <param name="Address">Normal form of the address (see AddressNormalForm).</param>
/// <param name="By">"grid", "operator" or "tenant".</param>
public sealed record Suppression(string Tenant, string Address, SuppressionReason Reason, DateTimeOffset At, string By, string? Detail = null);
