using Grid.Core.Ports;

namespace Grid.Host.Tests;

/// <summary>A key ring in memory.</summary>
internal sealed class MemoryKeyRing : IKeyRing
{
    private readonly Dictionary<string, StoredKey> _keys = [];

    public ValueTask AddAsync(StoredKey key, CancellationToken cancellationToken = default)
    {
        _keys.Add(key.Id, key);
        return ValueTask.CompletedTask;
    }

    public ValueTask<StoredKey?> FindAsync(string id, CancellationToken cancellationToken = default) => new(_keys.GetValueOrDefault(id));

    public ValueTask<bool> RevokeAsync(string tenant, string id, CancellationToken cancellationToken = default) =>
        new(_keys.TryGetValue(id, out var key) && key.Tenant == tenant && _keys.Remove(id));

    public ValueTask<IReadOnlyList<StoredKey>> ListAsync(string tenant, CancellationToken cancellationToken = default) => new([.. _keys.Values.Where(key => key.Tenant == tenant)]);
}
