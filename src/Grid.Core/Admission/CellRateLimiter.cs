using Grid.Core.Vocabulary;

namespace Grid.Core.Admission;

/// <summary>
/// What: a rate limit by the generic cell rate algorithm (GCRA), whose permits are taken in blocks and used a little later.
/// In: a request for so many permits at an instant; permits that were not used after all.
/// Out: a <see cref="CellGrant"/>. A permit is to be used within <see cref="UseWithin"/> of its grant, or returned.
/// Guarantees: in any window of length L, closed at both ends, at most rate × L + burst permits are used, however late in their
/// time they are used. For that the inner burst is the rate's burst less what the rate yields in UseWithin. Arithmetic is exact.
/// With a burst of 1 there is nothing to take that from: permits then lie UseWithin further apart (below 1 % of the interval).
/// Fails: never; a limit that is reached is a grant of 0. A clock that is set back costs one burst. Not thread-safe: one owner.
/// </summary>
public sealed class CellRateLimiter
{
    /// <summary>Blocks that can still be returned from; older ones count as used.</summary>
    private const int RememberedGrants = 64;

    private static readonly TimeSpan LongestUse = TimeSpan.FromMilliseconds(250);

    // Time is counted in ticks × rate.Count, so that the interval between two cells is a whole number at every rate.
    private readonly Queue<(long At, int Count)> _recent = new();
    private Int128 _interval;
    private Int128 _tolerance;
    private Int128 _arrival;
    private Int128 _arrivalBeforeRecent;

    /// <param name="rate">The limit.</param>
    /// <param name="start">Now.</param>
    /// <param name="spent">True to start with an empty bucket, as after a crash, when it is not known what was used before.</param>
    public CellRateLimiter(Rate rate, DateTimeOffset start, bool spent)
    {
        Configure(rate);
        Settle(Units(start) + (spent ? _tolerance : 0));
    }

    /// <summary>The limit in force.</summary>
    public Rate Rate { get; private set; }

    /// <summary>How long after its grant a permit may be used: a quarter of the burst's worth, at most 250 ms; below 1 % of the interval for a burst of 1.</summary>
    public TimeSpan UseWithin { get; private set; }

    /// <summary>When the bucket will be full again, rounded up to the tick: the whole state, to be saved and restored.</summary>
    public DateTimeOffset TheoreticalArrival
    {
        get => new((long)CeilingDivide(_arrival, Rate.Count), TimeSpan.Zero);
        set => Settle(Units(value));
    }

    /// <summary>Takes up to <paramref name="wanted"/> permits.</summary>
    public CellGrant Take(int wanted, DateTimeOffset now)
    {
        var time = Units(now);
        if (_arrival > time + _tolerance)
        {
            Settle(time + _tolerance);
        }

        var from = Int128.Max(_arrival, time);
        var room = (time + _tolerance - from) / _interval;
        if (room < 1)
        {
            return new(0, TimeSpan.FromTicks((long)CeilingDivide(from + _interval - _tolerance - time, Rate.Count)));
        }

        var count = (int)Int128.Min(room, Math.Max(0, wanted));
        if (count > 0)
        {
            Remember(now.UtcTicks, count);
            _arrival = from + (count * _interval);
        }

        return new(count, TimeSpan.Zero);
    }

    /// <summary>
    /// Gives back permits that will not be used: the bucket becomes what it would be had they never been granted. Which grant they
    /// came from is not known, so they are taken from the oldest remembered one, which never frees too much (a bucket that ran dry
    /// in between must not be credited twice). Permits of blocks no longer remembered (the last 64 are) stay spent.
    /// </summary>
    public void Return(int unused)
    {
        if (unused <= 0)
        {
            return;
        }

        _arrival = _arrivalBeforeRecent;
        for (var left = _recent.Count; left > 0; left--)
        {
            var (at, count) = _recent.Dequeue();
            var returned = Math.Min(count, unused);
            unused -= returned;
            if (count > returned)
            {
                _arrival = Int128.Max(_arrival, (Int128)at * Rate.Count) + ((count - returned) * _interval);
                _recent.Enqueue((at, count - returned));
            }
        }
    }

    /// <summary>Changes the limit. What was taken before weighs on as the same number of permits, at most the whole new burst.</summary>
    public void Change(Rate rate, DateTimeOffset now)
    {
        var taken = CeilingDivide(Int128.Max(0, _arrival - Units(now)), _interval);
        Configure(rate);
        Settle(Units(now) + Int128.Min(taken * _interval, _tolerance));
    }

    private void Configure(Rate rate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rate.Count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rate.Burst, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rate.Per, TimeSpan.FromTicks(1));
        Rate = rate;
        _interval = rate.Per.Ticks;
        var worth = rate.Burst * _interval / rate.Count;
        UseWithin = TimeSpan.FromTicks((long)Int128.Min(LongestUse.Ticks, worth / (rate.Burst == 1 ? 128 : 4)));
        var late = (Int128)UseWithin.Ticks * rate.Count;
        _interval += rate.Burst == 1 ? late : 0;
        _tolerance = rate.Burst == 1 ? _interval : (rate.Burst * _interval) - late;
    }

    private Int128 Units(DateTimeOffset at) => (Int128)at.UtcTicks * Rate.Count;

    private void Settle(Int128 arrival)
    {
        _arrival = _arrivalBeforeRecent = arrival;
        _recent.Clear();
    }

    private void Remember(long at, int count)
    {
        if (_recent.Count == 0)
        {
            _arrivalBeforeRecent = _arrival;
        }
        else if (_recent.Count == RememberedGrants)
        {
            var oldest = _recent.Dequeue();
            _arrivalBeforeRecent = Int128.Max(_arrivalBeforeRecent, (Int128)oldest.At * Rate.Count) + (oldest.Count * _interval);
        }

        _recent.Enqueue((at, count));
    }

    private static Int128 CeilingDivide(Int128 value, Int128 by) => value <= 0 ? 0 : (value + by - 1) / by;
}
