using Grid.Core.Counters;

namespace Grid.Host.Api.Model;

/// <summary>Counters of a window.</summary>
/// <param name="DeliveredReporting">The part of Delivered at receivers that have a feedback loop; Gmail and Apple, which have none, are not in it.</param>
public sealed record CountersBody(long Delivered, long Deferred, long HardBounces, long SoftBounces, long Complaints, long Unsubscribes, long DeliveredReporting)
{
    public static CountersBody Of(in CounterTotals totals) =>
        new(totals.Delivered, totals.Deferred, totals.HardBounces, totals.SoftBounces, totals.Complaints, totals.Unsubscribes, totals.DeliveredReporting);
}
