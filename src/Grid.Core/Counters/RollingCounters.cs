namespace Grid.Core.Counters;

/// <summary>
/// What: the counters of one subject in rolling windows.
/// In: changes with the instant that they belong to, in any order; a late bounce takes back a delivery where that was counted.
/// Out: totals by window, with the exact bounds that they cover.
/// Guarantees: an event counts in a window for at least its length and at most one slot longer; slots expire on every read and
/// write; what lies before the window or before <see cref="StartedAt"/> is left out, whether it adds or takes back.
/// Fails: an unknown window is an <see cref="ArgumentException"/>. A clock that is set back only delays expiry. Not thread-safe: one owner.
/// </summary>
public sealed class RollingCounters
{
    private readonly SlotSeries[] _series;

    /// <param name="windows">At least one; names differ.</param>
    public RollingCounters(IReadOnlyList<WindowSpec> windows)
    {
        if (windows.Count == 0 || windows.DistinctBy(w => w.Name).Count() < windows.Count)
        {
            throw new ArgumentException("windows need at least one entry and different names", nameof(windows));
        }

        _series = [.. windows.Select(w => new SlotSeries(w))];
    }

    /// <summary>Events before this instant don't count; the beginning of time unless windows were restarted.</summary>
    public DateTimeOffset StartedAt { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>The windows, as constructed.</summary>
    public IEnumerable<WindowSpec> Windows => _series.Select(s => s.Spec);

    /// <summary>Adds a change. An instant after <paramref name="now"/> counts as now.</summary>
    public void Add(DateTimeOffset at, in CounterTotals delta, DateTimeOffset now)
    {
        at = at > now ? now : at;
        if (at < StartedAt || delta.IsZero)
        {
            return;
        }

        foreach (var series in _series)
        {
            series.Add(at, delta, now);
        }
    }

    /// <summary>What counts in a window at <paramref name="now"/>.</summary>
    public CounterTotals Totals(string window, DateTimeOffset now) => Find(window).Sum(now);

    /// <summary>What happened since an instant, to whole slots of the finest window that reaches back that far (or of the longest one).</summary>
    public CounterTotals TotalsSince(DateTimeOffset since, DateTimeOffset now)
    {
        var reaching = _series.Where(s => s.Spec.Length >= now - since).MinBy(s => s.Spec.Slot) ?? _series.MaxBy(s => s.Spec.Length)!;
        return reaching.SumSince(since, now);
    }

    /// <summary>The stretch that <see cref="Totals"/> covers.</summary>
    public (DateTimeOffset From, DateTimeOffset To) Bounds(string window, DateTimeOffset now)
    {
        var from = Find(window).From(now);
        return (from > StartedAt ? from : StartedAt, now);
    }

    /// <summary>The windows begin anew, as at a reinstatement.</summary>
    public void Restart(DateTimeOffset at)
    {
        StartedAt = at;
        foreach (var series in _series)
        {
            series.Clear();
        }
    }

    /// <summary>The state, to be saved.</summary>
    public CounterSnapshot Snapshot() =>
        new(StartedAt, [.. _series.Select(s => new WindowSnapshot(s.Spec.Name, s.Spec.Slot, [.. s.Slots]))]);

    /// <summary>
    /// Counters with saved state. Where the windows have changed since, a new one is filled from the saved window that reaches
    /// furthest back, each slot counting at its beginning.
    /// </summary>
    public static RollingCounters Restore(IReadOnlyList<WindowSpec> windows, CounterSnapshot snapshot)
    {
        var counters = new RollingCounters(windows) { StartedAt = snapshot.StartedAt };
        var furthest = snapshot.Windows.Where(w => w.Slots.Count > 0).MinBy(w => w.Slots[0].At);
        foreach (var series in counters._series)
        {
            var saved = snapshot.Windows.FirstOrDefault(w => w.Name == series.Spec.Name && w.Slot == series.Spec.Slot) ?? furthest;
            foreach (var slot in saved?.Slots ?? [])
            {
                series.Add(slot.At, slot.Totals, slot.At);
            }
        }

        return counters;
    }

    private SlotSeries Find(string window)
    {
        foreach (var series in _series)
        {
            if (series.Spec.Name == window)
            {
                return series;
            }
        }

        throw new ArgumentException($"there is no window \"{window}\"", nameof(window));
    }
}
