using System.Text.Json;
using Grid.Core.Ports;
using Orleans.Runtime;
using Orleans.Storage;

namespace Grid.Host.Wiring;

/// <summary>Grain state in the grid's store, as JSON.</summary>
internal sealed class GridGrainStorage(IGrainStateStore store) : IGrainStorage
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var stored = await store.ReadAsync(stateName, grainId.ToString());
        grainState.RecordExists = stored is not null;
        grainState.ETag = stored?.ETag;
        grainState.State = stored is null ? Activator.CreateInstance<T>() : JsonSerializer.Deserialize<T>(stored.Data.Span, Json) ?? Activator.CreateInstance<T>();
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var data = JsonSerializer.SerializeToUtf8Bytes(grainState.State, Json);
        grainState.ETag = await store.WriteAsync(stateName, grainId.ToString(), data, grainState.ETag)
            ?? throw new InconsistentStateException($"the state {stateName} of {grainId} was written by someone else", "", grainState.ETag ?? "");
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (!await store.ClearAsync(stateName, grainId.ToString(), grainState.ETag))
        {
            throw new InconsistentStateException($"the state {stateName} of {grainId} was written by someone else", "", grainState.ETag ?? "");
        }

        grainState.ETag = null;
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
    }
}
