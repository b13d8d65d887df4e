using Orleans;

namespace Grid.Bench.Engine;

/// <summary>As little as a grain can do, so that a call costs what the engine costs.</summary>
public interface ICountingGrain : IGrainWithStringKey
{
    /// <summary>Adds to the count and returns it.</summary>
    Task<long> AddAsync(long amount);
}
