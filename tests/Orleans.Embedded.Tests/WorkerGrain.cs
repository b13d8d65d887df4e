using Orleans.Concurrency;

namespace Orleans.Embedded.Tests;

[StatelessWorker(2)]
internal sealed class WorkerGrain : Grain, IWorkerGrain
{
    private readonly Notebook _notes;

    public WorkerGrain(Notebook notes)
    {
        _notes = notes;
        notes.Add("workers");
    }

    public async Task Hold(string gate)
    {
        _notes.Write($"begin {gate}");
        await _notes.Gate(gate);
    }
}
