namespace Grid.Host.Api.Model;

/// <summary>Tenants in order of id.</summary>
/// <param name="Next">Give this as <c>after</c> for the next page; absent on the last page.</param>
public sealed record TenantsBody(IReadOnlyList<TenantBody> Tenants, string? Next);
