namespace Grid.Host.Api.Model;

/// <summary>A confirmation mail is to be sent.</summary>
/// <param name="From">One address, in one of the tenant's sending domains.</param>
/// <param name="Topic">What the recipient is to agree to, at most 100 characters. Default: whatever the tenant sends.</param>
/// <param name="List">The tenant's list, at most 100 characters.</param>
/// <param name="Source">The form that was filled in, at most 500 characters.</param>
/// <param name="Notice">Version of the notice that it shows.</param>
public sealed record ConfirmationRequest(string? From, string? Topic, string? List, string? Source, string? Notice);
