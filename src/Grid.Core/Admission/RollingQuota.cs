namespace Grid.Core.Admission;

/// <summary>
/// What: a limit of so many in any stretch of a given length, such as 10,000 an hour.
/// In: a request for so many permits at an instant; permits that were not used, within the window of their grant.
/// Out: a <see cref="CellGrant"/>. A permit counts at its grant.
/// Guarantees: never more than the limit in any window of that length, wherever it begins. For that a permit counts for the window
/// and one slot more, so a steady flow gets slots ÷ (slots + 1) of the limit. Slots expire on every read and write.
/// Fails: never; a spent quota is a grant of 0. A clock that is set back counts as standing still. Not thread-safe: one owner.
/// </summary>
public sealed class RollingQuota
{
    private readonly long _slotTicks;
    private readonly int[] _counts;
    private int _head;
    private long _newest;
    private long _used;

    /// <param name="limit">Most permits in a window, 0 or more.</param>
    /// <param name="window">Length of the window; a whole number of slots long, in ticks.</param>
    /// <param name="slots">Sub-windows, 1 to 10,000.</param>
    public RollingQuota(int limit, TimeSpan window, int slots)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slots, 10_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(window.Ticks, slots);
        Limit = limit;
        Window = window;
        _slotTicks = (window.Ticks + slots - 1) / slots;
        _counts = new int[slots + 1];
    }

    /// <summary>Most permits in a window. A lower limit holds from the next request on.</summary>
    public int Limit { get; set; }

    /// <summary>Length of the window.</summary>
    public TimeSpan Window { get; }

    /// <summary>Permits that count at <paramref name="now"/>.</summary>
    public long Used(DateTimeOffset now)
    {
        Expire(now);
        return _used;
    }

    /// <summary>Takes up to <paramref name="wanted"/> permits.</summary>
    public CellGrant Take(int wanted, DateTimeOffset now)
    {
        Expire(now);
        var room = Limit - _used;
        if (room < 1)
        {
            return new(0, UntilRoom(now));
        }

        var count = (int)Math.Min(room, Math.Max(0, wanted));
        _counts[_head] += count;
        _used += count;
        return new(count, TimeSpan.Zero);
    }

    /// <summary>Gives back unused permits. They leave the oldest slots first: whichever they came from, the quota never frees too much.</summary>
    public void Return(int unused, DateTimeOffset now)
    {
        Expire(now);
        for (var age = _counts.Length - 1; age >= 0 && unused > 0; age--)
        {
            ref var slot = ref _counts[Index(age)];
            var returned = Math.Min(slot, unused);
            slot -= returned;
            unused -= returned;
            _used -= returned;
        }
    }

    /// <summary>The state, to be saved.</summary>
    public QuotaSnapshot Snapshot() =>
        new(new DateTimeOffset(_newest * _slotTicks, TimeSpan.Zero), [.. Enumerable.Range(0, _counts.Length).Select(age => _counts[Index(age)])]);

    /// <summary>Takes over saved state of a quota of the same window and slots; throws <see cref="ArgumentException"/> for another.</summary>
    public void Restore(QuotaSnapshot snapshot)
    {
        if (snapshot.Counts.Count != _counts.Length)
        {
            throw new ArgumentException($"the snapshot has {snapshot.Counts.Count} slots, the quota {_counts.Length}", nameof(snapshot));
        }

        _newest = snapshot.Newest.UtcTicks / _slotTicks;
        _head = 0;
        _used = 0;
        for (var age = 0; age < _counts.Length; age++)
        {
            _counts[Index(age)] = snapshot.Counts[age];
            _used += snapshot.Counts[age];
        }
    }

    private void Expire(DateTimeOffset now)
    {
        var slot = now.UtcTicks / _slotTicks;
        for (var steps = Math.Min(slot - _newest, _counts.Length); steps > 0; steps--)
        {
            _head = (_head + 1) % _counts.Length;
            _used -= _counts[_head];
            _counts[_head] = 0;
        }

        _newest = slot;
    }

    private TimeSpan UntilRoom(DateTimeOffset now)
    {
        var toFree = _used - Limit + 1;
        var age = _counts.Length - 1;
        for (; age > 0; age--)
        {
            toFree -= _counts[Index(age)];
            if (toFree <= 0)
            {
                break;
            }
        }

        return TimeSpan.FromTicks(((_newest + _counts.Length - age) * _slotTicks) - now.UtcTicks);
    }

    private int Index(int age) => (_head - age + _counts.Length) % _counts.Length;
}
