using Grid.Contracts.Counters;
using Grid.Core.Counters;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Tests.Beds;

/// <summary>Builds counter batches.</summary>
internal static class Records
{
    public static CounterTotals Delivered(long count) => new(count, 0, 0, 0, 0, 0, count);

    public static CounterTotals Complaints(long count) => new(0, 0, 0, 0, count, 0, 0);

    public static CounterTotals HardBounces(long count) => new(0, 0, count, 0, 0, 0, 0);

    public static CounterTotals Blocks(long count) => new(0, count, 0, 0, 0, 0, 0, count);

    /// <summary>A batch of entries at positions from <paramref name="first"/> on.</summary>
    public static CounterBatch Batch(DateTimeOffset at, long previous, long first, params CounterTotals[] totals) =>
        new(GridBed.Node, previous, [.. totals.Select((t, i) => new CounterEntry(first + i, at, t))]);
}
