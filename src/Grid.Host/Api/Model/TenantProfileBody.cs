namespace Grid.Host.Api.Model;

/// <summary>Who a tenant is; each at most 500 characters.</summary>
public sealed record TenantProfileBody(string? Company, string? PostalAddress, string? Website, string? ContactEmail, string? Country);
