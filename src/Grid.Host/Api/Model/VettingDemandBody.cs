namespace Grid.Host.Api.Model;

/// <summary>One demand of a policy.</summary>
/// <param name="Name">acceptance, attestations, legal-type, profile, sender-names, contact, domains, checklist, approval or review.</param>
/// <param name="Words">What it asks, and what is missing.</param>
public sealed record VettingDemandBody(string Name, bool Met, string Words);
