namespace Grid.Core.Vocabulary;

/// <summary>One entry of the ledger that is not as it was written.</summary>
/// <param name="Link">Its number in the chain; 0 where it has none.</param>
/// <param name="Id">Its id; null where the entry itself is gone.</param>
/// <param name="Words">What was found, in a sentence.</param>
public sealed record LedgerFault(LedgerFaultKind Kind, long Link, string? Id, string Words);
