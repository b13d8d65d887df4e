using Grid.Core.Vocabulary;

namespace Grid.Core.Ports;

/// <summary>How recipients agreed to be mailed, by tenant, address in normal form, and topic. A tenant's records are never found for another.</summary>
public interface IConsents
{
    /// <summary>Most addresses or records of one call.</summary>
    const int MaxAtOnce = 1000;

    /// <summary>Most topics of an address.</summary>
    const int MaxTopics = 100;

    /// <summary>Every record of these addresses, at most <see cref="MaxAtOnce"/> of them, in order of address and topic.</summary>
    ValueTask<IReadOnlyList<ConsentRecord>> FindAsync(string tenant, IReadOnlyCollection<string> addresses, CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes records, all or none; at most <see cref="MaxAtOnce"/>. One that is older than what is stored changes nothing, and what was taken back stays so until consent
    /// is given later than that. Returns how many were left out, as their address has <see cref="MaxTopics"/> others. Durable when the task completes, and seen by every
    /// FindAsync begun after that.
    /// </summary>
    ValueTask<int> PutAllAsync(IReadOnlyList<ConsentRecord> records, CancellationToken cancellationToken = default);

    /// <summary>Takes back what an address agreed to: one topic, or all (null). Returns how many records.</summary>
    ValueTask<int> RevokeAsync(string tenant, string address, string? topic, DateTimeOffset at, string by, CancellationToken cancellationToken = default);

    /// <summary>Removes everything about an address, its confirmations included. Returns how many consent records. Suppressions are kept elsewhere and stay.</summary>
    ValueTask<int> EraseAsync(string tenant, string address, CancellationToken cancellationToken = default);

    /// <summary>A page in order of address and topic, after those of an address; records of one address are never parted.</summary>
    ValueTask<IReadOnlyList<ConsentRecord>> ListAsync(string tenant, string afterAddress, int limit, CancellationToken cancellationToken = default);

    /// <summary>What each list rests on, at most 1,000 rows.</summary>
    ValueTask<IReadOnlyList<ConsentList>> ListsAsync(string tenant, CancellationToken cancellationToken = default);

    /// <summary>Writes down that a recipient was asked, in the place of what was there for tenant, address and topic.</summary>
    ValueTask AskAsync(Confirmation confirmation, CancellationToken cancellationToken = default);

    /// <summary>By its id; null where there is none, or it was forgotten.</summary>
    ValueTask<Confirmation?> AskedAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>By what it is about.</summary>
    ValueTask<Confirmation?> AskedAsync(string tenant, string address, string topic, CancellationToken cancellationToken = default);

    /// <summary>Notes that it was confirmed, with the record of that, both or neither.</summary>
    ValueTask ConfirmAsync(string id, ConsentRecord record, CancellationToken cancellationToken = default);
}
