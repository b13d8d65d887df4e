using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orleans.Embedded.Tests;

internal interface ICounterGrain : IGrainWithStringKey
{
    Task<int> Add(int amount);

    ValueTask<int> Get();

    ValueTask Touch();

    Task<string> Where();

    /// <summary>Notes begin and end around a gate.</summary>
    Task Hold(string gate);

    [AlwaysInterleave]
    Task<int> Peek();

    [ReadOnly]
    Task Read(string gate);

    [OneWay]
    Task Tell(string line);

    Task HoldThenTell(string gate, string line);

    Task Fail(string message);

    Task FailLater(string gate, string message);

    Task Leave();

    Task Stay(TimeSpan time);

    Task<bool> Cancelled(CancellationToken cancellationToken);

    [ResponseTimeout("00:00:05")]
    Task HoldBriefly(string gate);

    Task<string?> Ambient(string name);

    Task CallBack(ICounterGrain other, string gate);

    Task<int> Deep(int levels);

    Task Notify(ICounterObserver observer, string line);

    /// <summary>Makes a reference to a plain object of its own.</summary>
    Task MakeReference();

    Task<GrainId> Id();
}
