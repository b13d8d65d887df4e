namespace Grid.Core.Ports;

/// <summary>State of grains under optimistic concurrency.</summary>
public interface IGrainStateStore
{
    /// <summary>Null when there is none.</summary>
    ValueTask<StoredState?> ReadAsync(string stateName, string grainId, CancellationToken cancellationToken = default);

    /// <summary>Writes if the stored ETag still equals <paramref name="etag"/> (null: only if there is none) and returns the new one; null when it was stale and nothing was written.</summary>
    ValueTask<string?> WriteAsync(string stateName, string grainId, ReadOnlyMemory<byte> data, string? etag, CancellationToken cancellationToken = default);

    /// <summary>False when the ETag was stale.</summary>
    ValueTask<bool> ClearAsync(string stateName, string grainId, string? etag, CancellationToken cancellationToken = default);

    /// <summary>Ids of the grains that have such a state, of those that begin with <paramref name="prefix"/>, in ordinal order after <paramref name="afterId"/> ("" for the first page).</summary>
    ValueTask<IReadOnlyList<string>> ListAsync(string stateName, string prefix, string afterId, int limit, CancellationToken cancellationToken = default);
}
