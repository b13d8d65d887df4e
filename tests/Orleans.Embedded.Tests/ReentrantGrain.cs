using Orleans.Concurrency;

namespace Orleans.Embedded.Tests;

[Reentrant]
internal sealed class ReentrantGrain(Notebook notes) : Grain, IReentrantGrain
{
    public async Task Hold(string gate)
    {
        notes.Write($"begin {gate}");
        await notes.Gate(gate);
    }
}
