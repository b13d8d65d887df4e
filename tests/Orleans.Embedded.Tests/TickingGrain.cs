using Orleans.Runtime;

namespace Orleans.Embedded.Tests;

internal sealed class TickingGrain(Notebook notes, TimeProvider clock) : Grain, ITickingGrain, IRemindable
{
    private IGrainTimer? _timer;
    private CancellationToken _ended;

    public Task Start(TimeSpan due, TimeSpan period, bool interleave, bool keepAlive)
    {
        _timer = this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions(due, period) { Interleave = interleave, KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task Change(TimeSpan due, TimeSpan period)
    {
        _timer!.Change(due, period);
        return Task.CompletedTask;
    }

    public Task Stop()
    {
        _timer!.Dispose();
        notes.Write($"ended {_ended.IsCancellationRequested}");
        return Task.CompletedTask;
    }

    public async Task Hold(string gate)
    {
        notes.Write($"begin {gate}");
        await notes.Gate(gate);
        notes.Write($"end {gate}");
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Remind(string name, TimeSpan due, TimeSpan period) => this.RegisterOrUpdateReminder(name, due, period);

    public async Task<bool> Forget(string name)
    {
        if (await this.GetReminder(name) is not { } reminder)
        {
            return false;
        }

        await this.UnregisterReminder(reminder);
        return true;
    }

    public async Task<int> Reminders() => (await this.GetReminders()).Count;

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        notes.Write($"{reminderName} at {clock.GetUtcNow():HH:mm} due {status.CurrentTickTime:HH:mm}");
        notes.Open($"{reminderName} {notes.Add(reminderName)}");
        return reminderName.StartsWith("bad", StringComparison.Ordinal) ? throw new InvalidDataException(reminderName) : Task.CompletedTask;
    }

    private async Task Tick(CancellationToken ended)
    {
        Assert.Same(GrainContext, TaskScheduler.Current);
        _ended = ended;
        var number = notes.Add("ticks");
        notes.Write($"tick {number} at {clock.GetUtcNow():HH:mm:ss}");
        if (this.GetPrimaryKeyString() == "slow")
        {
            await notes.Gate($"tick {number}");
            notes.Open($"ticked {number}");
        }

        if (this.GetPrimaryKeyString() == "bad")
        {
            throw new InvalidDataException("bad tick");
        }
    }
}
