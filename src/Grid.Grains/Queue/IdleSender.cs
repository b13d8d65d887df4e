using System.Threading.Tasks.Sources;

namespace Grid.Grains.Queue;

/// <summary>A connection that waits for mail, or for the end of its patience. One wait at a time; no allocation for each.</summary>
internal sealed class IdleSender : IValueTaskSource<bool>, IDisposable
{
    private readonly ITimer _timer;
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };
    private int _waiting;

    public IdleSender(TimeProvider clock) =>
        _timer = clock.CreateTimer(static s => ((IdleSender)s!).End(false), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Begins a wait.</summary>
    public void Reset(TimeSpan atMost)
    {
        _core.Reset();
        Volatile.Write(ref _waiting, 1);
        _timer.Change(atMost, Timeout.InfiniteTimeSpan);
    }

    public ValueTask<bool> Wait() => new(this, _core.Version);

    /// <summary>The queue's signals when its owner last looked.</summary>
    public long Seen { get; set; } = -1;

    /// <summary>There is mail. False when the wait had ended already.</summary>
    public bool Wake() => End(true);

    /// <summary>True while the wait goes on.</summary>
    public bool IsWaiting => Volatile.Read(ref _waiting) == 1;

    public void Dispose() => _timer.Dispose();

    private bool End(bool mail)
    {
        if (Interlocked.Exchange(ref _waiting, 0) == 0)
        {
            return false;
        }

        _core.SetResult(mail);
        return true;
    }

    bool IValueTaskSource<bool>.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
