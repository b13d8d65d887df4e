namespace Grid.Host.Api.Model;

/// <summary>Somebody accepts the tenant's policy.</summary>
/// <param name="Person">Name of the person, at most 200 characters.</param>
/// <param name="Version">The version that they read; another than the one in force is refused. Absent: the one in force.</param>
/// <param name="Ip">Address from which they did, where the operator says so for them; a tenant's own call has its own.</param>
public sealed record AcceptanceRequest(string? Person, int? Version, string? Ip);
