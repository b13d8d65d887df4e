using System.Globalization;
using System.Text;

namespace Grid.Host.Api.Metrics;

/// <summary>Writes the Prometheus text format, version 0.0.4.</summary>
public sealed class PrometheusText
{
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new(8192);

    /// <summary>The lines about a metric, before its samples.</summary>
    public void Begin(Metric metric)
    {
        var description = metric.Description.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        _text.Append("# HELP ").Append(metric.Name).Append(' ').Append(description).Append('\n');
        _text.Append("# TYPE ").Append(metric.Name).Append(' ').Append(metric.Kind switch
        {
            MetricKind.Counter or MetricKind.ObservedTotal => "counter",
            MetricKind.Histogram => "histogram",
            MetricKind.UpDownCounter or MetricKind.Gauge => "gauge",
            _ => throw new InvalidOperationException($"no kind of metric {metric.Kind}"),
        }).Append('\n');
    }

    /// <summary>One value.</summary>
    /// <param name="labels">As a="b",c="d"; may be empty.</param>
    public void Sample(string name, string labels, double value)
    {
        _text.Append(name);
        if (labels.Length > 0)
        {
            _text.Append('{').Append(labels).Append('}');
        }

        _text.Append(' ').Append(Number(value)).Append('\n');
    }

    /// <summary>How many measurements were at most <paramref name="bound"/>.</summary>
    public void Bucket(string name, string labels, double bound, long reached) =>
        Sample(name + "_bucket", $"{labels}{(labels.Length > 0 ? "," : "")}le=\"{Number(bound)}\"", reached);

    /// <inheritdoc />
    public override string ToString() => _text.ToString();

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString(CultureInfo.InvariantCulture),
    };
}
