namespace Grid.Host.Api.Model;

/// <summary>One line of an import as NDJSON; an export has the same fields, and "by".</summary>
/// <param name="Address">The only one that has to be there.</param>
/// <param name="Reason">complaint, hardBounce, unsubscribe or manual; default manual.</param>
/// <param name="Scope">all or bulk; default bulk for unsubscribe, else all.</param>
/// <param name="At">When it was suppressed elsewhere, not in the future; default now.</param>
/// <param name="Detail">At most 500 characters.</param>
/// <param name="By">Taken and left out of account: who imports is known.</param>
public sealed record SuppressionImportLine(string? Address, string? Reason = null, string? Scope = null, string? At = null, string? Detail = null, string? By = null);
