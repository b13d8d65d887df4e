namespace Grid.Core.Vocabulary;

/// <summary>A decision with its place in the ledger's chain.</summary>
/// <param name="Link">Its number, from 1, without gaps.</param>
/// <param name="Previous">Hash of the entry before, 64 hexadecimal digits; zeros for the first.</param>
/// <param name="Hash">Its own hash.</param>
public sealed record LedgerEntry(Decision Decision, long Link, string Previous, string Hash);
