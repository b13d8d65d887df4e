using System.Collections.Concurrent;
using System.Data.Common;
using Grid.Core.Ports;
using Grid.Storage.Sql;
using Grid.Storage.Writing;

namespace Grid.Storage.Ingress;

/// <summary>
/// Tenants' API keys, known ones answered from memory.
/// In: keys, look-ups by id. Out: the stored key, or null.
/// Guarantees that a revocation holds in this process when its task completes; where processes share the store, memory is believed
/// for <paramref name="believeFor"/> only.
/// Fails with <see cref="StoreUnavailableException"/>. Past <see cref="MaxKnown"/> keys memory is emptied and fills again.
/// </summary>
/// <param name="believeFor">How long what memory holds is taken for true; null: always, as no other process writes.</param>
internal sealed class KeyRing(GroupWriter writer, ReadPool reads, TimeProvider clock, TimeSpan? believeFor) : IKeyRing
{
    /// <summary>Most keys held in memory.</summary>
    public const int MaxKnown = 100_000;

    private const string Columns = "id, tenant, hash, created_at";

    private readonly ConcurrentDictionary<string, (StoredKey Key, long ReadAt)> _known = new(StringComparer.Ordinal);
    private long _revocations;

    /// <inheritdoc />
    public async ValueTask AddAsync(StoredKey key, CancellationToken cancellationToken = default) =>
        await writer.Add(
            session => session.Execute($"INSERT INTO api_key ({Columns}) VALUES ($1, $2, $3, $4)", key.Id, key.Tenant, key.Hash, key.CreatedAt.ToStored()), cancellationToken);

    /// <inheritdoc />
    public ValueTask<StoredKey?> FindAsync(string id, CancellationToken cancellationToken = default) =>
        _known.TryGetValue(id, out var known) && (believeFor is null || clock.GetElapsedTime(known.ReadAt) < believeFor) ? new(known.Key) : ReadAsync(id, cancellationToken);

    /// <inheritdoc />
    public async ValueTask<bool> RevokeAsync(string tenant, string id, CancellationToken cancellationToken = default)
    {
        var revoked = await writer.Add(session => session.Execute("DELETE FROM api_key WHERE tenant = $1 AND id = $2", tenant, id), cancellationToken) > 0;
        if (revoked)
        {
            Interlocked.Increment(ref _revocations);
            _known.TryRemove(id, out _);
        }

        return revoked;
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<StoredKey>> ListAsync(string tenant, CancellationToken cancellationToken = default) =>
        reads.ListAsync($"SELECT {Columns} FROM api_key WHERE tenant = $1 ORDER BY created_at, id", [tenant], Read, cancellationToken);

    private async ValueTask<StoredKey?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        var readAt = clock.GetTimestamp();
        var revocations = Interlocked.Read(ref _revocations);
        var key = await reads.FirstAsync($"SELECT {Columns} FROM api_key WHERE id = $1", [id], Read, cancellationToken);
        if (key is null)
        {
            _known.TryRemove(id, out _);
            return null;
        }

        if (_known.Count >= MaxKnown)
        {
            _known.Clear();
        }

        _known[id] = (key, readAt);
        if (Interlocked.Read(ref _revocations) != revocations)
        {
            // A key was revoked while this one was read: what was read may be older than that.
            _known.TryRemove(id, out _);
        }

        return key;
    }

    private static StoredKey Read(DbDataReader row) => new(row.GetString(0), row.GetString(1), row.GetBytes(2), row.GetTime(3));
}
