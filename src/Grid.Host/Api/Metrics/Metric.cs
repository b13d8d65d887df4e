using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Grid.Host.Api.Metrics;

/// <summary>One instrument with its series.</summary>
public sealed class Metric
{
    private const int MaxSeries = 200;
    private const string Overflow = "overflow=\"true\"";
    private static readonly double[] DefaultBounds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    /// <summary>Tags that would name a customer or a person.</summary>
    private static readonly string[] Private = ["tenant", "address", "recipient", "sender", "email", "user", "message", "subject"];

    private readonly ConcurrentDictionary<string, Series> _series = new(StringComparer.Ordinal);
    private readonly double[] _bounds;

    public Metric(Instrument instrument)
    {
        Kind = KindOf(instrument);
        Name = NameOf(instrument, Kind);
        Description = instrument.Description ?? "";
        OwnLabels = instrument.Tags is null ? "" : Labels([.. instrument.Tags]);
        _bounds = Kind != MetricKind.Histogram ? [] : instrument switch
        {
            Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
            Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
            Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
            _ => DefaultBounds,
        };
    }

    /// <summary>As Prometheus has it: grid_…, with its unit, and _total for what only rises.</summary>
    public string Name { get; }

    public MetricKind Kind { get; }

    /// <summary>The instrument's own labels, which all of its series have.</summary>
    public string OwnLabels { get; }

    /// <summary>One line about it; may be empty.</summary>
    public string Description { get; }

    /// <summary>Takes a measurement.</summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = tags.Length == 0 ? OwnLabels : OwnLabels.Length == 0 ? Labels(tags) : OwnLabels + "," + Labels(tags);
        if (!_series.TryGetValue(labels, out var series))
        {
            series = _series.GetOrAdd(_series.Count < MaxSeries ? labels : Overflow, _ => new(_bounds));
        }

        series.Record(value, Kind);
    }

    /// <summary>Writes all series in order of their labels.</summary>
    public void Write(PrometheusText text)
    {
        foreach (var (labels, series) in _series.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            series.Write(text, this, labels);
        }
    }

    private static MetricKind KindOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "Counter" => MetricKind.Counter,
        "UpDownCounter" => MetricKind.UpDownCounter,
        "ObservableCounter" => MetricKind.ObservedTotal,
        "Histogram" => MetricKind.Histogram,
        _ => MetricKind.Gauge,
    };

    private static string NameOf(Instrument instrument, MetricKind kind)
    {
        var name = Identifier(instrument.Name.StartsWith("grid", StringComparison.OrdinalIgnoreCase) ? instrument.Name : "grid_" + instrument.Name);
        var unit = instrument.Unit switch { "s" => "_seconds", "ms" => "_milliseconds", "By" => "_bytes", "1" => "_ratio", _ => "" };
        name = unit.Length > 0 && !name.EndsWith(unit, StringComparison.Ordinal) ? name + unit : name;
        return kind is MetricKind.Counter or MetricKind.ObservedTotal && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    private static string Identifier(string text) => string.Create(text.Length, text, static (chars, source) =>
    {
        for (var i = 0; i < chars.Length; i++)
        {
            chars[i] = char.IsAsciiLetterOrDigit(source[i]) ? char.ToLowerInvariant(source[i]) : '_';
        }
    });

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            var label = Identifier(name);
            if (Array.Exists(Private, part => label.Contains(part, StringComparison.Ordinal)))
            {
                continue;
            }

            var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            labels.Append(labels.Length == 0 ? "" : ",").Append(label).Append("=\"")
                .Append(text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal))
                .Append('"');
        }

        return labels.ToString();
    }
}
