namespace Grid.Core.Vocabulary;

/// <summary>The ledger's chain, checked from its first entry to its last.</summary>
/// <param name="Entries">Entries looked at.</param>
/// <param name="Head">Hash of the last entry, 64 hexadecimal digits; noted elsewhere, it also betrays who rewrites the whole chain.</param>
/// <param name="Faults">In the order of the chain, at most 100; empty when all is as it was written.</param>
public sealed record LedgerVerification(long Entries, string Head, IReadOnlyList<LedgerFault> Faults);
