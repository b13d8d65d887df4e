namespace Grid.Mail.Sending;

/// <summary>
/// A time-out that is cheap to set and clear around every step of a conversation: setting writes one number; the one timer behind it looks,
/// when it fires, whether the number is still due, and sleeps on if not.
/// </summary>
internal sealed class Deadline(TimeProvider clock, Action expired) : IDisposable
{
    private const long Never = long.MaxValue;

    private readonly Lock _gate = new();
    private ITimer? _timer;
    private long _at = Never;
    private long _timerAt = Never;
    private bool _disposed;

    /// <summary>Expires after this time unless set anew or cleared before. One thread at a time.</summary>
    public void Set(TimeSpan after)
    {
        long at = clock.GetTimestamp() + (long)(after.TotalSeconds * clock.TimestampFrequency);
        Volatile.Write(ref _at, at);
        Interlocked.MemoryBarrier(); // against Fire: either it sees this deadline or we see that its timer is gone
        if (at < Volatile.Read(ref _timerAt))
            Arm(at, after);
    }

    /// <summary>No deadline any more. The timer is left to run out by itself.</summary>
    public void Clear() => Volatile.Write(ref _at, Never);

    /// <inheritdoc />
    public void Dispose()
    {
        Clear();
        lock (_gate)
        {
            _disposed = true;
            _timer?.Dispose();
        }
    }

    private void Arm(long at, TimeSpan after)
    {
        lock (_gate)
        {
            if (_disposed || at >= _timerAt)
                return;

            _timerAt = at;
            if (_timer is null)
                _timer = clock.CreateTimer(static self => ((Deadline)self!).Fire(), this, after, Timeout.InfiniteTimeSpan);
            else
                _timer.Change(after, Timeout.InfiniteTimeSpan);
        }
    }

    private void Fire()
    {
        lock (_gate)
        {
            Volatile.Write(ref _timerAt, Never);
            Interlocked.MemoryBarrier();
            long at = Volatile.Read(ref _at);
            if (at == Never)
                return;

            long left = at - clock.GetTimestamp();
            if (left > 0)
            {
                Arm(at, TimeSpan.FromMilliseconds(Math.Ceiling(left * 1000.0 / clock.TimestampFrequency)));
                return;
            }

            Clear();
        }

        expired();
    }
}
