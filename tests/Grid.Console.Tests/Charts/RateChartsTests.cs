using Grid.Host.Api.Model;
using Grid.Host.Console.Charts;

namespace Grid.Console.Tests.Charts;

public sealed class RateChartsTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_a_series_ends_at_the_rate_that_is_judged()
    {
        var charts = RateCharts.Of(Series(
            (1, new CountersBody(600, 4, 0, 0, 0, 0, 600)),
            (3, new CountersBody(400, 0, 100, 0, 11, 0, 400))));

        Assert.Equal(5, charts.Delivered.Count);
        Assert.Equal([0, 600, 0, 400, 0], charts.Delivered);
        Assert.Equal([0, 4, 0, 0, 0], charts.Deferred);
        Assert.Equal([double.NaN, 0, 0, 0.011, 0.011], charts.ComplaintRate);
        Assert.Equal(100.0 / 1100, charts.HardBounceRate[^1], 9);
    }

    [Fact]
    public void Of_nothing_has_no_rate()
    {
        var charts = RateCharts.Of(Series());

        Assert.All(charts.ComplaintRate, rate => Assert.Equal(double.NaN, rate));
        Assert.All(charts.Delivered, count => Assert.Equal(0, count));
    }

    private static SeriesBody Series(params (int Hour, CountersBody Counters)[] slots) =>
        new("tenant/acme", "7d", Start, Start.AddHours(4.5), 3600, [.. slots.Select(slot => new SeriesSlotBody(Start.AddHours(slot.Hour), slot.Counters))]);
}
