namespace Grid.Core.Ports;

/// <summary>Tenants' API keys; only hashes are kept.</summary>
public interface IKeyRing
{
    ValueTask AddAsync(StoredKey key, CancellationToken cancellationToken = default);

    /// <summary>By id; null when unknown or revoked. Answered from memory for known keys; a revocation in this process holds at once, one made by another within a second.</summary>
    ValueTask<StoredKey?> FindAsync(string id, CancellationToken cancellationToken = default);

    ValueTask<bool> RevokeAsync(string tenant, string id, CancellationToken cancellationToken = default);

    ValueTask<IReadOnlyList<StoredKey>> ListAsync(string tenant, CancellationToken cancellationToken = default);
}
