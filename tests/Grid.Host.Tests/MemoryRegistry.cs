using Grid.Core.Ports;

namespace Grid.Host.Tests;

/// <summary>A registry in memory.</summary>
internal sealed class MemoryRegistry : IRegistry
{
    private readonly SortedDictionary<(string Kind, string Key), string> _entries = [];

    public ValueTask<string?> ReadAsync(string kind, string key, CancellationToken cancellationToken = default) => new(_entries.GetValueOrDefault((kind, key)));

    public ValueTask WriteAsync(string kind, string key, string json, CancellationToken cancellationToken = default)
    {
        _entries[(kind, key)] = json;
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> RemoveAsync(string kind, string key, CancellationToken cancellationToken = default) => new(_entries.Remove((kind, key)));

    public ValueTask<IReadOnlyList<KeyValuePair<string, string>>> ListAsync(string kind, string afterKey, int limit, CancellationToken cancellationToken = default) =>
        new([.. _entries.Where(e => e.Key.Kind == kind && string.CompareOrdinal(e.Key.Key, afterKey) > 0).Take(limit).Select(e => KeyValuePair.Create(e.Key.Key, e.Value))]);
}
