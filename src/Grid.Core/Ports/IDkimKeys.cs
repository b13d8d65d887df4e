namespace Grid.Core.Ports;

/// <summary>Keys that sign mail. Writes are durable when their tasks complete.</summary>
public interface IDkimKeys
{
    /// <summary>Adds one; false when the domain has a key of that selector.</summary>
    ValueTask<bool> AddAsync(StoredDkimKey key, CancellationToken cancellationToken = default);

    /// <summary>A tenant's keys, by domain and selector.</summary>
    ValueTask<IReadOnlyList<StoredDkimKey>> ListAsync(string tenant, CancellationToken cancellationToken = default);

    /// <summary>Every key in that state, by domain and selector after those given ("" for the first page).</summary>
    ValueTask<IReadOnlyList<StoredDkimKey>> ListAsync(DkimKeyState state, string afterDomain, string afterSelector, int limit, CancellationToken cancellationToken = default);

    /// <summary>Makes a pending key the one that signs; the one before it retires in the same transaction. False when there is no such pending key.</summary>
    ValueTask<bool> ActivateAsync(string tenant, string domain, string selector, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>The key signs no more: its private half is erased. False when there is no such active key.</summary>
    ValueTask<bool> RetireAsync(string tenant, string domain, string selector, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>Notes what a look-up of its record found; null: the right record.</summary>
    ValueTask NoteCheckAsync(string tenant, string domain, string selector, DateTimeOffset at, string? words, CancellationToken cancellationToken = default);

    /// <summary>Forgets a key that doesn't sign; false when there is none such.</summary>
    ValueTask<bool> RemoveAsync(string tenant, string domain, string selector, CancellationToken cancellationToken = default);
}
