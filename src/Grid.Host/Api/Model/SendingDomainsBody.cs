namespace Grid.Host.Api.Model;

/// <summary>Sending domains with their keys.</summary>
public sealed record SendingDomainsBody(IReadOnlyList<SendingDomainBody> Domains);
