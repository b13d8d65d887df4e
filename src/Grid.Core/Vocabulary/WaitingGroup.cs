namespace Grid.Core.Vocabulary;

/// <summary>Envelopes of one tenant for one recipient domain that wait in the store, not in memory.</summary>
/// <param name="Count">How many.</param>
/// <param name="EarliestDue">When the first of them is due.</param>
/// <param name="Pool">Their pool of sending IPs.</param>
public sealed record WaitingGroup(string Tenant, string Domain, string Pool, long Count, DateTimeOffset EarliestDue);
