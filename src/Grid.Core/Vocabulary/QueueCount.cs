namespace Grid.Core.Vocabulary;

/// <summary>Queued envelopes of one tenant for one domain, whether in memory or in the store.</summary>
public sealed record QueueCount(string Tenant, string Domain, long Total, long Deferred, DateTimeOffset OldestAcceptedAt);
