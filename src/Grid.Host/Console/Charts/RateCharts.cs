using Grid.Host.Api;
using Grid.Host.Api.Model;
using Grid.Host.Console.Calls;

namespace Grid.Host.Console.Charts;

/// <summary>
/// A subject's series as lines. Rates are those of everything counted from the window's beginning up to each slot, so that the last point is the
/// rate that the subject is judged on now; a rate of nothing is no point.
/// </summary>
internal sealed record RateCharts(
    string Window, DateTimeOffset From, DateTimeOffset To, TimeSpan Slot, IReadOnlyList<double> ComplaintRate, IReadOnlyList<double> HardBounceRate, IReadOnlyList<double> Delivered, IReadOnlyList<double> Deferred, IReadOnlyList<double> Bounced)
{
    private const int MostSlots = 2000;

    /// <summary>With so few slots or fewer a finer window tells more.</summary>
    private const int CoarseSlots = 12;

    private static readonly string[] Finer = ["24h", "1h"];

    /// <summary>
    /// A subject's charts, of its main window; of a finer one while that holds everything that the main one counts, as hours say little about a
    /// subject that began within the last.
    /// </summary>
    /// <param name="pattern">The series' endpoint.</param>
    public static async Task<RateCharts?> LoadAsync(ConsoleApi api, string pattern, string subject)
    {
        if (await api.GetAsync(pattern, ApiJson.Default.SeriesBody, subject) is not { } main)
        {
            return null;
        }

        var best = main;
        foreach (var window in Finer.TakeWhile(_ => main.Slots.Count is > 0 and <= CoarseSlots))
        {
            if (await api.GetAsync(pattern, ApiJson.Default.SeriesBody, subject, "window=" + window) is { } finer && finer.SlotSeconds < best.SlotSeconds && Sum(finer) == Sum(main))
            {
                best = finer;
            }
        }

        return Of(best);
    }

    public static RateCharts Of(SeriesBody series)
    {
        var slot = TimeSpan.FromSeconds(series.SlotSeconds);
        var first = series.Slots.Count > 0 && series.Slots[0].At < series.From ? series.Slots[0].At : series.From;
        var count = (int)Math.Clamp(Math.Floor((series.To - first) / slot) + 1, 1, MostSlots);
        var slots = new CountersBody?[count];
        foreach (var (at, counters) in series.Slots)
        {
            var i = (int)Math.Floor((at - first) / slot);
            slots[Math.Clamp(i, 0, count - 1)] = slots[Math.Clamp(i, 0, count - 1)] is { } other ? Sum(other, counters) : counters;
        }

        var (complaints, bounces) = (new double[count], new double[count]);
        var sum = new CountersBody(0, 0, 0, 0, 0, 0, 0);
        for (var i = 0; i < count; i++)
        {
            sum = slots[i] is { } more ? Sum(sum, more) : sum;
            var ended = sum.Delivered + sum.HardBounces + sum.SoftBounces;
            complaints[i] = sum.Delivered > 0 ? (double)sum.Complaints / sum.Delivered : double.NaN;
            bounces[i] = ended > 0 ? (double)sum.HardBounces / ended : double.NaN;
        }

        return new(series.Window, first, series.To, slot, complaints, bounces,
            [.. slots.Select(s => (double)(s?.Delivered ?? 0))], [.. slots.Select(s => (double)(s?.Deferred ?? 0))], [.. slots.Select(s => (double)((s?.HardBounces ?? 0) + (s?.SoftBounces ?? 0)))]);
    }

    private static CountersBody Sum(SeriesBody series) => series.Slots.Aggregate(new CountersBody(0, 0, 0, 0, 0, 0, 0), (sum, slot) => Sum(sum, slot.Counters));

    private static CountersBody Sum(CountersBody a, CountersBody b) => new(
        a.Delivered + b.Delivered, a.Deferred + b.Deferred, a.HardBounces + b.HardBounces, a.SoftBounces + b.SoftBounces, a.Complaints + b.Complaints, a.Unsubscribes + b.Unsubscribes,
        a.DeliveredReporting + b.DeliveredReporting);
}
