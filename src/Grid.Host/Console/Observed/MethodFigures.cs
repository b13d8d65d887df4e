using System.Diagnostics;
using System.Numerics;

namespace Grid.Host.Console.Observed;

/// <summary>
/// What one grain method cost, since the start. Written by every call, so it takes no lock and no memory: a few additions. Latencies fall
/// into powers of two of a microsecond, so that a percentile is right to within a factor of two.
/// </summary>
internal sealed class MethodFigures(string grain, string method)
{
    private const int RateSeconds = 10;
    private const int Ring = 64;

    private static readonly double TicksPerMicrosecond = Stopwatch.Frequency / 1e6;

    private readonly long[] _buckets = new long[32];
    private readonly long[] _seconds = new long[Ring];
    private readonly long[] _perSecond = new long[Ring];
    private long _calls;
    private long _faults;
    private long _ticks;
    private long _longest;

    /// <summary>The grain's class.</summary>
    public string Grain { get; } = grain;

    public string Method { get; } = method;

    public long Calls => Volatile.Read(ref _calls);

    /// <summary>Calls that threw.</summary>
    public long Faults => Volatile.Read(ref _faults);

    public TimeSpan Mean => Calls == 0 ? TimeSpan.Zero : Elapsed(Volatile.Read(ref _ticks)) / Calls;

    public TimeSpan Longest => Elapsed(Volatile.Read(ref _longest));

    /// <summary>A call has ended.</summary>
    public void Ended(long started, long ended, bool isFault)
    {
        var ticks = ended - started;
        Interlocked.Increment(ref _calls);
        Interlocked.Add(ref _ticks, ticks);
        Interlocked.Increment(ref _buckets[Math.Min(31, BitOperations.Log2((ulong)Math.Max(1, ticks / TicksPerMicrosecond)))]);
        if (isFault)
        {
            Interlocked.Increment(ref _faults);
        }

        if (ticks > _longest)
        {
            _longest = ticks;
        }

        // Two calls that begin a second at once may lose one count of it; the totals lose none.
        var second = ended / Stopwatch.Frequency;
        var slot = second % Ring;
        if (_seconds[slot] != second)
        {
            (_seconds[slot], _perSecond[slot]) = (second, 0);
        }

        Interlocked.Increment(ref _perSecond[slot]);
    }

    /// <summary>Mean of the last ten whole seconds.</summary>
    public double CallsPerSecond(long now)
    {
        var second = now / Stopwatch.Frequency;
        var calls = 0L;
        for (var i = 1; i <= RateSeconds; i++)
        {
            var slot = (second - i) % Ring;
            calls += _seconds[slot] == second - i ? _perSecond[slot] : 0;
        }

        return (double)calls / RateSeconds;
    }

    /// <summary>Not longer than this took that part of the calls, 0 to 1.</summary>
    public TimeSpan Percentile(double part)
    {
        var wanted = (long)Math.Ceiling(Calls * part);
        var reached = 0L;
        for (var i = 0; i < _buckets.Length; i++)
        {
            reached += Volatile.Read(ref _buckets[i]);
            if (reached >= wanted && reached > 0)
            {
                return TimeSpan.FromMicroseconds(1L << (i + 1));
            }
        }

        return TimeSpan.Zero;
    }

    private static TimeSpan Elapsed(long ticks) => Stopwatch.GetElapsedTime(0, ticks);
}
