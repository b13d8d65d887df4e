namespace Grid.Host.Api.Metrics;

/// <summary>What was measured under one set of labels.</summary>
internal sealed class Series(double[] bounds)
{
    private readonly Lock _gate = new();
    private readonly long[] _buckets = new long[bounds.Length];
    private double _value;
    private long _count;

    public void Record(double value, MetricKind kind)
    {
        lock (_gate)
        {
            _value = kind is MetricKind.Gauge or MetricKind.ObservedTotal ? value : _value + value;
            _count++;
            if (kind == MetricKind.Histogram)
            {
                var index = Array.BinarySearch(bounds, value);
                index = index < 0 ? ~index : index;
                if (index < _buckets.Length)
                {
                    _buckets[index]++;
                }
            }
        }
    }

    public void Write(PrometheusText text, Metric metric, string labels)
    {
        lock (_gate)
        {
            if (metric.Kind != MetricKind.Histogram)
            {
                text.Sample(metric.Name, labels, _value);
                return;
            }

            var reached = 0L;
            for (var i = 0; i < bounds.Length; i++)
            {
                reached += _buckets[i];
                text.Bucket(metric.Name, labels, bounds[i], reached);
            }

            text.Bucket(metric.Name, labels, double.PositiveInfinity, _count);
            text.Sample(metric.Name + "_sum", labels, _value);
            text.Sample(metric.Name + "_count", labels, _count);
        }
    }
}
