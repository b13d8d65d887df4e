namespace Grid.Host.Api.Model;

/// <summary>Something for a case's file.</summary>
/// <param name="Kind">note (the default), message (the tenant gets it), owner (words name it), hold and release (of a legal hold), cost.</param>
/// <param name="Amount">For a cost: how much, 0 to 1,000,000,000, with at most two decimals.</param>
/// <param name="Currency">For a cost: three letters (ISO 4217).</param>
/// <param name="Tenant">For a cost in a case that isn't about a tenant: whose it is.</param>
public sealed record CaseNoteRequest(string? Kind, string? Words, decimal? Amount, string? Currency, string? Tenant);
