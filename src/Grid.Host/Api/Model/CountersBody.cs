using Grid.Core.Counters;

namespace Grid.Host.Api.Model;

/// <summary>Counters of a window.</summary>
public sealed record CountersBody(long Delivered, long Deferred, long HardBounces, long SoftBounces, long Complaints, long Unsubscribes)
{
    public static CountersBody Of(in CounterTotals totals) =>
        new(totals.Delivered, totals.Deferred, totals.HardBounces, totals.SoftBounces, totals.Complaints, totals.Unsubscribes);
}
