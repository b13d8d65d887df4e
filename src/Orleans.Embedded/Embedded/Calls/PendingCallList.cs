namespace Orleans.Embedded.Calls;

/// <summary>
/// The calls with the same timeout, which therefore fall due in the order in which they came: adding and removing is a step each, and one
/// timer, set for the oldest, serves them all. Bounded by the calls that wait at activations.
/// </summary>
internal sealed class PendingCallList : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly TimeSpan _timeout;
    private readonly ITimer _timer;
    private PendingCall? _first;
    private PendingCall? _last;
    private bool _armed;

    public PendingCallList(TimeProvider clock, TimeSpan timeout)
    {
        _clock = clock;
        _timeout = timeout;
        _timer = clock.CreateTimer(static list => ((PendingCallList)list!).FailOverdue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public PendingCall Add(Request request)
    {
        var deadline = _clock.GetTimestamp() + (long)(_timeout.TotalSeconds * _clock.TimestampFrequency);
        var call = new PendingCall(this, request, deadline) { IsListed = true };
        var arm = false;
        lock (_gate)
        {
            call.Previous = _last;
            if (_last is null)
            {
                _first = call;
            }
            else
            {
                _last.Next = call;
            }

            _last = call;
            arm = !_armed;
            _armed = true;
        }

        if (arm)
        {
            _timer.Change(_timeout, Timeout.InfiniteTimeSpan);
        }

        return call;
    }

    public void Remove(PendingCall call)
    {
        lock (_gate)
        {
            Unlink(call);
        }
    }

    /// <summary>Fails every call in the list.</summary>
    public void FailAll(Func<Request, Exception> reason)
    {
        while (Take(long.MaxValue) is { } call)
        {
            Fail(call, reason(call.Request));
        }
    }

    public void Dispose() => _timer.Dispose();

    private void FailOverdue()
    {
        while (Take(_clock.GetTimestamp()) is { } call)
        {
            Fail(call, new TimeoutException($"Response did not arrive on time in {_timeout} for {call.Request}."));
        }

        TimeSpan due;
        lock (_gate)
        {
            _armed = _first is not null;
            if (_first is null)
            {
                return;
            }

            due = _clock.GetElapsedTime(_clock.GetTimestamp(), _first.Deadline);
        }

        // A timer counts whole milliseconds: rounded up, it does not fire too early and in vain.
        _timer.Change(due > TimeSpan.Zero ? due + TimeSpan.FromMilliseconds(1) : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    // What the caller does next must not hold up the calls that follow in the list.
    private static void Fail(PendingCall call, Exception reason) =>
        ThreadPool.UnsafeQueueUserWorkItem(static failed => failed.Request.TryFail(failed.Reason), (call.Request, Reason: reason), preferLocal: false);

    private PendingCall? Take(long until)
    {
        lock (_gate)
        {
            if (_first is null || _first.Deadline > until)
            {
                return null;
            }

            var call = _first;
            Unlink(call);
            return call;
        }
    }

    private void Unlink(PendingCall call)
    {
        if (!call.IsListed)
        {
            return;
        }

        call.IsListed = false;
        if (call.Previous is null)
        {
            _first = call.Next;
        }
        else
        {
            call.Previous.Next = call.Next;
        }

        if (call.Next is null)
        {
            _last = call.Previous;
        }
        else
        {
            call.Next.Previous = call.Previous;
        }

        call.Previous = call.Next = null;
    }
}
