namespace Grid.Host.Api.Model;

/// <summary>Somebody attests that the tenant keeps to laws.</summary>
/// <param name="Person">Name of the person, at most 200 characters.</param>
/// <param name="Regimes">The laws, such as can-spam, gdpr, casl: of those that the policy names.</param>
/// <param name="Ip">Address from which they did, where the operator says so for them; a tenant's own call has its own.</param>
public sealed record AttestationRequest(string? Person, IReadOnlyList<string?>? Regimes, string? Ip);
