namespace Grid.Core.Counters;

/// <summary>
/// One window's slots, oldest first, and their running sum. Only slots in which something happened take memory, as most domains
/// see a handful of messages a week.
/// </summary>
internal sealed class SlotSeries
{
    /// <summary>Most slots of a window.</summary>
    private const long MaxSlots = 10_000;

    private readonly List<(long Number, CounterTotals Totals)> _slots = [];
    private CounterTotals _sum;

    public SlotSeries(WindowSpec spec)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Slot.Ticks, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Length, spec.Slot);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(spec.Length.Ticks / spec.Slot.Ticks, MaxSlots);
        Spec = spec;
    }

    public WindowSpec Spec { get; }

    /// <summary>The slots as they are, oldest first.</summary>
    public IEnumerable<SlotSnapshot> Slots => _slots.Select(s => new SlotSnapshot(Start(s.Number), s.Totals));

    /// <summary>Start of the first slot that the window still reaches into at <paramref name="now"/>.</summary>
    public DateTimeOffset From(DateTimeOffset now) => Start(Number(now - Spec.Length));

    public void Add(DateTimeOffset at, in CounterTotals delta, DateTimeOffset now)
    {
        Expire(now);
        var number = Number(at);
        if (number < Number(now - Spec.Length))
        {
            return;
        }

        var i = _slots.Count;
        while (i > 0 && _slots[i - 1].Number > number)
        {
            i--;
        }

        if (i > 0 && _slots[i - 1].Number == number)
        {
            _slots[i - 1] = (number, _slots[i - 1].Totals + delta);
        }
        else
        {
            _slots.Insert(i, (number, delta));
        }

        _sum += delta;
    }

    public CounterTotals Sum(DateTimeOffset now)
    {
        Expire(now);
        return _sum;
    }

    /// <summary>Sum of the slots that begin at or after an instant.</summary>
    public CounterTotals SumSince(DateTimeOffset since, DateTimeOffset now)
    {
        Expire(now);
        var sum = default(CounterTotals);
        for (var i = _slots.Count - 1; i >= 0 && Start(_slots[i].Number) >= since; i--)
        {
            sum += _slots[i].Totals;
        }

        return sum;
    }

    public void Clear()
    {
        _slots.Clear();
        _sum = default;
    }

    private void Expire(DateTimeOffset now)
    {
        var first = Number(now - Spec.Length);
        var gone = 0;
        for (; gone < _slots.Count && _slots[gone].Number < first; gone++)
        {
            _sum -= _slots[gone].Totals;
        }

        if (gone > 0)
        {
            _slots.RemoveRange(0, gone);
        }
    }

    private long Number(DateTimeOffset at) => at.UtcTicks / Spec.Slot.Ticks;

    private DateTimeOffset Start(long number) => new(number * Spec.Slot.Ticks, TimeSpan.Zero);
}
