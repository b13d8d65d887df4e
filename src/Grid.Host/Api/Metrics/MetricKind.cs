namespace Grid.Host.Api.Metrics;

/// <summary>How measurements add up.</summary>
public enum MetricKind
{
    /// <summary>Measurements are added.</summary>
    Counter,

    /// <summary>Measurements are added, and may be negative.</summary>
    UpDownCounter,

    /// <summary>The last measurement counts, and only rises.</summary>
    ObservedTotal,

    /// <summary>The last measurement counts.</summary>
    Gauge,

    /// <summary>Measurements are counted by size.</summary>
    Histogram,
}
