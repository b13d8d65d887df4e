using Orleans;

namespace Grid.Bench.Engine;

/// <summary>A count in memory.</summary>
public sealed class CountingGrain : Grain, ICountingGrain
{
    private long count;

    public Task<long> AddAsync(long amount) => Task.FromResult(count += amount);
}
