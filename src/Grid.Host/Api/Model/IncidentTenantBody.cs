namespace Grid.Host.Api.Model;

/// <summary>A tenant's part in an incident.</summary>
/// <param name="Events">Refusals for reputation and complaints of its mail; where there were none, its attempts.</param>
/// <param name="Share">Of all of them, 0 to 1.</param>
public sealed record IncidentTenantBody(string Tenant, long Events, decimal Share);
