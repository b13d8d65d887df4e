using Microsoft.Extensions.Logging;
using Orleans.Embedded.Activations;
using Orleans.Embedded.Calls;
using Orleans.Embedded.Turns;
using Orleans.Runtime;

namespace Orleans.Embedded.Timers;

/// <summary>
/// A grain's timer. Each tick is an invocation of its activation; the next is set when it ends, so ticks never pile up. It ends with the
/// activation, or when it is disposed; its callback's token is cancelled then. What a callback throws is logged.
/// </summary>
internal sealed partial class GrainTimer : Invocation, IGrainTimer
{
    // What the system's timers can count.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Func<CancellationToken, Task> _callback;
    private readonly Activation _owner;
    private readonly bool _interleaves;
    private readonly bool _keepsAlive;
    private readonly ITimer _timer;
    private TimeSpan _period;
    private TimeSpan? _changed;
    private Task? _tick;
    private bool _ticking;
    private bool _disposed;

    private GrainTimer(Activation owner, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        _owner = owner;
        _callback = callback;
        _interleaves = options.Interleave;
        _keepsAlive = options.KeepAlive;
        _timer = CleanFlow.MakeTimer(owner.Silo.Clock, static timer => ((GrainTimer)timer!).Tick(), this);
    }

    public override bool AlwaysInterleaves => _interleaves;

    public override bool IsReadOnly => false;

    public override bool MayRunInline => true;

    public override bool IsAbandoned => false;

    public override bool KeepsAlive => _keepsAlive;

    public static GrainTimer Start(Activation owner, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        Check(options.DueTime, options.Period);
        var timer = new GrainTimer(owner, callback, options);
        owner.AddTimer(timer);
        timer.Change(options.DueTime, options.Period);
        return timer;
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, period);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _period = period;
            if (_ticking)
            {
                _changed = dueTime;
            }
            else
            {
                _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public override Task? Begin(Activation activation)
    {
        if (_disposed)
        {
            return null;
        }

        try
        {
            _tick = _callback(_cancellation.Token);
        }
        catch (Exception thrown)
        {
            _tick = Task.FromException(thrown);
        }

        return _tick.IsCompleted ? null : _tick;
    }

    public override Exception? End()
    {
        var failure = _tick?.Exception?.InnerException;
        if (failure is not null)
        {
            LogTickFailed(_owner.Silo.Log, failure, _owner.GrainId);
        }

        _tick = null;
        lock (_gate)
        {
            _ticking = false;
            if (!_disposed)
            {
                _timer.Change(_changed ?? _period, Timeout.InfiniteTimeSpan);
            }

            _changed = null;
        }

        return failure;
    }

    public override void Park(Silo silo)
    {
        // Nobody waits for a tick.
    }

    public override void Reject(Exception reason) => Dispose();

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        _timer.Dispose();
        _cancellation.Cancel();
        if (Activation.Current == _owner)
        {
            _owner.RemoveTimer(this);
        }
    }

    private static void Check(TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(dueTime, Longest);
        }

        if (period != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(period, Longest);
        }
    }

    private void Tick()
    {
        lock (_gate)
        {
            if (_disposed || _ticking)
            {
                return;
            }

            _ticking = true;
        }

        if (!_owner.Submit(this))
        {
            Dispose();
        }
    }

    [LoggerMessage(3, LogLevel.Warning, "A timer of grain {Grain} failed; it goes on.")]
    private static partial void LogTickFailed(ILogger log, Exception failure, GrainId grain);
}
