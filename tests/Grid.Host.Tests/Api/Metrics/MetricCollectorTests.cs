using System.Diagnostics.Metrics;
using Grid.Host.Api.Metrics;

namespace Grid.Host.Tests.Api.Metrics;

[Collection("meters")]
public sealed class MetricCollectorTests
{
    [Fact]
    public void Write_counters_gauges_and_histograms_are_written_as_prometheus_has_them()
    {
        using var collector = new MetricCollector();
        using var meter = new Meter("Grid.Shapes");
        var counter = meter.CreateCounter<long>("grid.shapes.sent", null, "Sent \\ so\nfar");
        var histogram = meter.CreateHistogram("grid.shapes.wait", "s", "Waits", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        meter.CreateObservableGauge("shapes.open", () => 3);

        counter.Add(2, new KeyValuePair<string, object?>("site", "a\"b\\c\nd"));
        counter.Add(3, new KeyValuePair<string, object?>("site", "a\"b\\c\nd"));
        histogram.Record(0.1);
        histogram.Record(0.5);
        histogram.Record(7);
        var text = collector.Write();

        Assert.Contains("# HELP grid_shapes_sent_total Sent \\\\ so\\nfar\n# TYPE grid_shapes_sent_total counter\ngrid_shapes_sent_total{site=\"a\\\"b\\\\c\\nd\"} 5\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE grid_shapes_open gauge\ngrid_shapes_open 3\n", text, StringComparison.Ordinal);
        Assert.Contains(
            "# TYPE grid_shapes_wait_seconds histogram\ngrid_shapes_wait_seconds_bucket{le=\"0.1\"} 1\ngrid_shapes_wait_seconds_bucket{le=\"1\"} 2\ngrid_shapes_wait_seconds_bucket{le=\"+Inf\"} 3\ngrid_shapes_wait_seconds_sum 7.6\ngrid_shapes_wait_seconds_count 3\n",
            text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_instruments_of_one_name_are_series_by_their_own_tags()
    {
        using var collector = new MetricCollector();
        using var meter = new Meter("Grid.Tagged");
        var first = meter.CreateCounter<long>("grid.tagged", null, "One of two", [new("stage", "first")]);
        var second = meter.CreateCounter<long>("grid.tagged", null, "One of two", [new("stage", "second")]);

        first.Add(1);
        second.Add(2, new KeyValuePair<string, object?>("gate", "http"));

        Assert.Contains(
            "# HELP grid_tagged_total One of two\n# TYPE grid_tagged_total counter\ngrid_tagged_total{stage=\"first\"} 1\ngrid_tagged_total{stage=\"second\",gate=\"http\"} 2\n",
            collector.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_tenants_and_addresses_never_become_labels()
    {
        using var collector = new MetricCollector();
        using var meter = new Meter("Grid.Private");
        var counter = meter.CreateCounter<long>("grid.private");

        counter.Add(1, new("tenant", "acme"), new("recipientAddress", "a@b.example"), new("gate", "smtp"));

        var text = collector.Write();
        Assert.Contains("grid_private_total{gate=\"smtp\"} 1\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("acme", text, StringComparison.Ordinal);
        Assert.DoesNotContain("@", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_series_are_bounded_and_nothing_is_lost()
    {
        using var collector = new MetricCollector();
        using var meter = new Meter("Grid.Many");
        var counter = meter.CreateCounter<long>("grid.many");

        for (var i = 0; i < 1000; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("n", i));
        }

        var lines = collector.Write().Split('\n').Where(line => line.StartsWith("grid_many_total{", StringComparison.Ordinal)).ToArray();
        Assert.Equal(201, lines.Length);
        Assert.Contains("grid_many_total{overflow=\"true\"} 800", lines);
    }

    [Fact]
    public void Write_other_meters_are_left_out()
    {
        using var collector = new MetricCollector();
        using var meter = new Meter("Gridiron");
        meter.CreateCounter<long>("touchdowns").Add(1);

        Assert.DoesNotContain("touchdowns", collector.Write(), StringComparison.Ordinal);
    }
}
