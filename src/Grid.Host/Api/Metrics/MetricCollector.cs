using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Grid.Host.Api.Metrics;

/// <summary>
/// Gathers what meters named <c>Grid</c> or <c>Grid.…</c> measure, and writes it as Prometheus text.
/// In: instruments of System.Diagnostics.Metrics. Out: text/plain; version=0.0.4, names <c>grid_*</c>.
/// Guarantees: no tenant and no address becomes a label, whatever tags an instrument gives; an instrument has at most 200 series, and
/// what goes beyond is added up in one series labelled overflow="true"; a measurement costs no lock but the series' own.
/// </summary>
public sealed class MetricCollector : IDisposable
{
    private const string MeterName = "Grid";

    private readonly ConcurrentDictionary<Instrument, Metric> _metrics = new();
    private readonly MeterListener _listener = new();

    public MetricCollector()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == MeterName || instrument.Meter.Name.StartsWith(MeterName + ".", StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument, _metrics.GetOrAdd(instrument, static created => new Metric(created)));
            }
        };
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, state) => Record(state, (double)value, tags));
        _listener.Start();
    }

    /// <summary>All instruments in order of name. Observable ones are asked now.</summary>
    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new PrometheusText();
        foreach (var group in _metrics.Values.GroupBy(metric => metric.Name).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Begin(group.First());
            foreach (var metric in group.OrderBy(metric => metric.OwnLabels, StringComparer.Ordinal))
            {
                metric.Write(text);
            }
        }

        return text.ToString();
    }

    /// <inheritdoc />
    public void Dispose() => _listener.Dispose();

    private static void Record(object? state, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => ((Metric)state!).Record(value, tags);
}
