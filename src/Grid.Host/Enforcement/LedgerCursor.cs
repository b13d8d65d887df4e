namespace Grid.Host.Enforcement;

/// <summary>How far the ledger has been followed.</summary>
/// <param name="Link">Number of the last entry of which all followed.</param>
public sealed record LedgerCursor(long Link);
