using Orleans.Storage;

namespace Grid.Grains.Tests.Beds;

/// <summary>Grain storage whose writes a test can break or hold up.</summary>
public sealed class InterceptedStates(IGrainStorage real) : IGrainStorage
{
    /// <summary>Called with the grain before each write.</summary>
    public Func<GrainId, Task> BeforeWrite { get; set; } = static _ => Task.CompletedTask;

    /// <summary>Writes that were made.</summary>
    public int Writes { get; private set; }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => real.ReadStateAsync(stateName, grainId, grainState);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await BeforeWrite(grainId);
        await real.WriteStateAsync(stateName, grainId, grainState);
        Writes++;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => real.ClearStateAsync(stateName, grainId, grainState);
}
