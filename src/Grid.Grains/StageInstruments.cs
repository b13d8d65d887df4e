using System.Diagnostics.Metrics;

namespace Grid.Grains;

/// <summary>
/// Time that mail spends in each stage, as the histograms <c>grid.stage</c> (seconds, one a stage). Where one is long and the
/// processor idle, that stage waits; a recipient's life is about their sum.
/// </summary>
public sealed class StageInstruments : IDisposable
{
    private static readonly double[] BoundsSeconds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 300];

    private readonly Meter _meter = new("Grid.Stages");
    private readonly TimeProvider _clock;
    private readonly Histogram<double> _ingress;
    private readonly Histogram<double> _queue;
    private readonly Histogram<double> _sending;
    private readonly Histogram<double> _outcomes;
    private readonly Histogram<double> _counters;

    public StageInstruments(TimeProvider clock)
    {
        _clock = clock;
        _ingress = Stage("ingress");
        _queue = Stage("queue");
        _sending = Stage("sending");
        _outcomes = Stage("outcomes");
        _counters = Stage("counters");
    }

    /// <summary>Now, as the other members take it.</summary>
    public long Now => _clock.GetTimestamp();

    /// <summary>A submission, or a batch of them, was committed or refused; it was handed in, read, then.</summary>
    public void Ingress(long since) => Record(_ingress, since);

    /// <summary>A recipient got its turn, with all permits; it took its place in memory then.</summary>
    public void Queue(long since) => Record(_queue, since);

    /// <summary>A transaction was answered to the last reply; it got its turn then.</summary>
    public void Sending(long since) => Record(_sending, since);

    /// <summary>An outcome was committed; its reply came then.</summary>
    public void Outcomes(long since) => Record(_outcomes, since);

    /// <summary>A group of outcomes was counted, and judged, by all grains that it concerns; it was committed then.</summary>
    public void Counters(long since) => Record(_counters, since);

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    internal bool Owns(Instrument instrument) => instrument.Meter == _meter;

    private Histogram<double> Stage(string name) =>
        _meter.CreateHistogram("grid.stage", "s", "Time in a stage: ingress and counters by the group, the others by the recipient", [new("stage", name)], new InstrumentAdvice<double> { HistogramBucketBoundaries = BoundsSeconds });

    private void Record(Histogram<double> stage, long since)
    {
        if (stage.Enabled)
        {
            stage.Record(_clock.GetElapsedTime(since).TotalSeconds);
        }
    }
}
