namespace Grid.Host.Api.Model;

/// <summary>An operator's transition.</summary>
/// <param name="State">pending, active, warned, suspended or terminated.</param>
/// <param name="Reason">1 to 1,000 characters; it goes to the ledger.</param>
public sealed record StateRequest(string? State, string? Reason);
