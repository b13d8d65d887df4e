using Grid.Core.Vocabulary;

namespace Grid.Core.Ports;

/// <summary>
/// The durable queue and the outcome log that empties it. Concurrent callers share one transaction (group commit), and a task
/// completes only when its own write is durable. All writes throw <see cref="StoreUnavailableException"/> while the store cannot write.
/// A process works only on envelopes that it owns.
/// </summary>
public interface ISpool
{
    /// <summary>Keeps messages, all or none. With an idempotency key of the same tenant seen in the last 24 h nothing is kept twice.</summary>
    ValueTask<AcceptResult> AcceptAsync(AcceptRequest request, CancellationToken cancellationToken = default);

    /// <summary>Appends outcomes to the log and changes their envelopes, in one transaction; the order given is the order of the log.
    /// A settlement that ends an envelope that is already gone is dropped: no recipient ends twice. Returns the records as committed, with their positions.</summary>
    ValueTask<IReadOnlyList<OutcomeRecord>> SettleAsync(IReadOnlyList<Settlement> settlements, CancellationToken cancellationToken = default);

    /// <summary>The whole message; null once its last recipient is final and the body was removed.</summary>
    ValueTask<ReadOnlyMemory<byte>?> ReadBodyAsync(MessageId id, CancellationToken cancellationToken = default);

    /// <summary>Waiting envelopes (not those that were accepted straight into memory), in groups, as the store has them: up to <paramref name="limit"/> groups in
    /// order of tenant then domain, strictly after the given ones.</summary>
    ValueTask<IReadOnlyList<WaitingGroup>> WaitingAsync(string afterTenant = "", string afterDomain = "", int limit = 1_000, CancellationToken cancellationToken = default);

    /// <summary>Up to <paramref name="limit"/> waiting envelopes of a group, ordered by due time then key, strictly after
    /// (<paramref name="afterDue"/>, <paramref name="afterKey"/>), due at or before <paramref name="dueBy"/>. Changes nothing.</summary>
    ValueTask<IReadOnlyList<Envelope>> ReadWaitingAsync(string tenant, string domain, DateTimeOffset afterDue, EnvelopeKey afterKey, DateTimeOffset dueBy, int limit, CancellationToken cancellationToken = default);

    /// <summary>Every live envelope, counted, with the <paramref name="most"/> largest counts by tenant and by domain. Goes through all of them, in memory that is bounded whatever the number of domains.</summary>
    ValueTask<QueueCounts> CountAsync(DateTimeOffset now, int most = 1_000, CancellationToken cancellationToken = default);

    /// <summary>What waits in the store of a tenant, a domain or both (not neither), aside or not; not what was accepted straight into memory and has not been
    /// deferred or parked since. Costs what it counts, and for a domain alone also a look at each tenant that has something waiting.</summary>
    ValueTask<StoredCount> CountStoredAsync(string? tenant, string? domain, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Up to <paramref name="limit"/> live envelopes of a tenant, a domain or both, in key order after <paramref name="after"/>.</summary>
    ValueTask<IReadOnlyList<Envelope>> ReadLiveAsync(string? tenant, string? domain, EnvelopeKey after, int limit, CancellationToken cancellationToken = default);

    /// <summary>Envelopes that were accepted straight into memory wait in the store from now on; those that already wait, or are gone, are left alone.</summary>
    ValueTask ParkAsync(IReadOnlyList<EnvelopeKey> keys, CancellationToken cancellationToken = default);

    /// <summary>Envelopes wait aside from now on, where neither <see cref="WaitingAsync"/> nor <see cref="ReadWaitingAsync"/> sees them, also over a restart; those that are gone are left alone.</summary>
    ValueTask PutAsideAsync(IReadOnlyList<EnvelopeKey> keys, CancellationToken cancellationToken = default);

    /// <summary>Envelopes that wait aside wait as others do again; those that don't, or are gone, are left alone.</summary>
    ValueTask TakeBackAsync(IReadOnlyList<EnvelopeKey> keys, CancellationToken cancellationToken = default);

    /// <summary>Tenants of which something waits aside.</summary>
    ValueTask<IReadOnlyList<string>> AsideAsync(CancellationToken cancellationToken = default);

    /// <summary>Up to <paramref name="limit"/> envelopes of a tenant that wait aside, in key order after <paramref name="after"/>.</summary>
    ValueTask<IReadOnlyList<Envelope>> ReadAsideAsync(string tenant, EnvelopeKey after, int limit, CancellationToken cancellationToken = default);

    /// <summary>Makes waiting envelopes of a tenant, a domain or both due now, but those that are held for review; returns how many.</summary>
    ValueTask<long> FlushAsync(string? tenant, string? domain, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Lets this owner's held envelopes of a message go: due now, and to expire then; returns how many.</summary>
    ValueTask<int> ReleaseAsync(MessageId id, DateTimeOffset now, DateTimeOffset expires, CancellationToken cancellationToken = default);

    /// <summary>One message with its live recipients and its history; null when unknown.</summary>
    ValueTask<StoredMessage?> FindAsync(MessageId id, CancellationToken cancellationToken = default);

    /// <summary>Who is told of a message, and what was asked for its recipients; null where nobody is told.</summary>
    ValueTask<DsnWishes?> ReadDsnAsync(MessageId id, CancellationToken cancellationToken = default);

    /// <summary>Calls back after mail of a dead process has become this one's; it waits in the store. Never on a store of one process.</summary>
    void OnAdopted(Action adopted);

    /// <summary>False while writes fail. Delivery pauses meanwhile; it turns true again by itself.</summary>
    bool IsAvailable { get; }
}
