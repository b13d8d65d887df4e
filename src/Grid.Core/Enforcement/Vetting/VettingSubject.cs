namespace Grid.Core.Enforcement.Vetting;

/// <summary>What of a tenant's description its vetting looks at.</summary>
/// <param name="HasProfile">Company, postal address, website, contact and country are all there.</param>
/// <param name="Contact">Contact address in normal form; null where there is none.</param>
/// <param name="Domains">Its sending domains.</param>
/// <param name="Review">Why operators must look at it first; null: nothing speaks for that.</param>
public sealed record VettingSubject(bool HasProfile, string? Contact, IReadOnlyList<string> Domains, string? Review);
