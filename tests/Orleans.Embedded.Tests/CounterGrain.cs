using Orleans.Runtime;

namespace Orleans.Embedded.Tests;

internal sealed class CounterGrain : Grain, ICounterGrain
{
    public static readonly AsyncLocal<string?> Flow = new();

    private readonly Notebook _notes;
    private int _value;
    private int _inside;

    public CounterGrain(Notebook notes)
    {
        _notes = notes;
        _notes.Add($"constructed {this.GetPrimaryKeyString()}");
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (_notes.Add($"activated {this.GetPrimaryKeyString()}") == 1 && this.GetPrimaryKeyString().StartsWith("broken", StringComparison.Ordinal))
        {
            throw new InvalidDataException("not today");
        }

        return this.GetPrimaryKeyString().StartsWith("slow", StringComparison.Ordinal) ? _notes.Gate("activate") : Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _notes.Write($"deactivating {this.GetPrimaryKeyString()} {reason.ReasonCode}");
        if (this.GetPrimaryKeyString().StartsWith("lingering", StringComparison.Ordinal))
        {
            await _notes.Gate("deactivate");
        }

        _notes.Write($"deactivated {this.GetPrimaryKeyString()}");
    }

    // Reads, gives way, writes: a second turn in between would lose an addition.
    public async Task<int> Add(int amount)
    {
        var value = _value;
        Assert.Equal(1, ++_inside);
        await Task.Yield();
        Assert.Same(GrainContext, TaskScheduler.Current);
        Assert.Equal(1, _inside--);
        return _value = value + amount;
    }

    public ValueTask<int> Get() => new(_value);

    public ValueTask Touch()
    {
        _value++;
        return default;
    }

    public async Task<string> Where()
    {
        Assert.Same(GrainContext, TaskScheduler.Current);
        Assert.Null(SynchronizationContext.Current);
        await Task.Run(static () => Assert.Same(TaskScheduler.Default, TaskScheduler.Current));
        Assert.Same(GrainContext, TaskScheduler.Current);
        return "home";
    }

    public async Task Hold(string gate)
    {
        _notes.Write($"begin {gate}");
        await _notes.Gate(gate);
        _notes.Write($"end {gate}");
    }

    public Task HoldBriefly(string gate) => Hold(gate);

    public Task<int> Peek() => Task.FromResult(_value);

    public Task Read(string gate) => Hold(gate);

    public Task Tell(string line)
    {
        _notes.Write(line);
        _notes.Open("told " + line);
        return Task.CompletedTask;
    }

    public async Task HoldThenTell(string gate, string line)
    {
        await _notes.Gate(gate);
        _notes.Write(line);
    }

    public Task Fail(string message) => throw new InvalidDataException(message);

    public async Task FailLater(string gate, string message)
    {
        await _notes.Gate(gate);
        throw new InvalidDataException(message);
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Stay(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public async Task<bool> Cancelled(CancellationToken cancellationToken)
    {
        _notes.Open("waiting for cancellation");
        var cancelled = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(cancelled.SetResult);
        await cancelled.Task;
        return cancellationToken.IsCancellationRequested;
    }

    public Task<string?> Ambient(string name) => Task.FromResult(name == "flow" ? Flow.Value : (string?)RequestContext.Get(name));

    public async Task CallBack(ICounterGrain other, string gate)
    {
        if (gate == "")
        {
            await other.Touch();
            return;
        }

        await other.CallBack(this.AsReference<ICounterGrain>(), "");
    }

    public async Task<int> Deep(int levels) =>
        levels == 0 ? 0 : 1 + await GrainFactory.GetGrain<ICounterGrain>($"deep {levels}").Deep(levels - 1);

    public Task Notify(ICounterObserver observer, string line)
    {
        observer.HeardLater(line + " later");
        return observer.Heard(line);
    }

    public Task MakeReference()
    {
        GrainFactory.CreateObjectReference<ICounterObserver>(new Deaf());
        return Task.CompletedTask;
    }

    public Task<GrainId> Id() => Task.FromResult(this.GetGrainId());

    private sealed class Deaf : ICounterObserver
    {
        public Task Heard(string line) => Task.CompletedTask;

        public void HeardLater(string line)
        {
        }
    }
}
