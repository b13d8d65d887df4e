using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>An entry of the ledger that is not as it was written.</summary>
/// <param name="Kind">altered, removed, swapped or inserted.</param>
/// <param name="Number">Its place in the chain.</param>
/// <param name="Id">Its id, where the entry is there.</param>
/// <param name="Detail">What was found.</param>
public sealed record LedgerFaultBody(LedgerFaultKind Kind, long? Number, string? Id, string Detail);
