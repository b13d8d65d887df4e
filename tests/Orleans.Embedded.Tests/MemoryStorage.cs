using System.Collections.Concurrent;
using System.Globalization;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Embedded.Tests;

/// <summary>States in memory, with versions.</summary>
internal sealed class MemoryStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<(string, GrainId), (object? State, string ETag)> _records = new();

    /// <summary>Puts a version there behind the grain's back.</summary>
    public void Overwrite(string stateName, GrainId grainId, object state, string etag) => _records[(stateName, grainId)] = (state, etag);

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_records.TryGetValue((stateName, grainId), out var record))
        {
            (grainState.State, grainState.ETag, grainState.RecordExists) = ((T?)record.State, record.ETag, true);
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        CheckVersion(stateName, grainId, grainState.ETag);
        grainState.ETag = ((grainState.ETag is null ? 0 : int.Parse(grainState.ETag, CultureInfo.InvariantCulture)) + 1).ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = true;
        _records[(stateName, grainId)] = (grainState.State, grainState.ETag);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        CheckVersion(stateName, grainId, grainState.ETag);
        _records.TryRemove((stateName, grainId), out _);
        (grainState.ETag, grainState.RecordExists) = (null, false);
        return Task.CompletedTask;
    }

    private void CheckVersion(string stateName, GrainId grainId, string? etag)
    {
        var stored = _records.TryGetValue((stateName, grainId), out var record) ? record.ETag : null;
        if (stored != etag)
        {
            throw new InconsistentStateException("stale", stored, etag);
        }
    }
}
