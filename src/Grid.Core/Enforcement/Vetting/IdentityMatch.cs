namespace Grid.Core.Enforcement.Vetting;

/// <summary>Something that a tenant shares with one that was terminated.</summary>
/// <param name="Kind">company, domain, email, address, payment or ip.</param>
/// <param name="Tenant">The terminated one.</param>
public sealed record IdentityMatch(string Kind, string Tenant, DateTimeOffset RememberedAt);
