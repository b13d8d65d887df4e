namespace Grid.Core.Vocabulary;

/// <summary>What went wrong with a sending IP or a recipient domain, as the ledger has it.</summary>
/// <param name="Opening">The entry that says so.</param>
/// <param name="EndedAt">When its subject was in good standing again; null: not yet.</param>
/// <param name="Shares">With whom it was shared, newest first.</param>
public sealed record Incident(Decision Opening, DateTimeOffset? EndedAt, IReadOnlyList<Decision> Shares);
