namespace Grid.Core.Vocabulary;

/// <summary>A subject's standing as the ledger has it: its latest transition.</summary>
public sealed record StandingRecord(Subject Subject, Standing Standing, DateTimeOffset Since, Decision LastDecision);
