using System.Diagnostics.Metrics;

namespace Grid.Host.Enforcement;

/// <summary>Cases in numbers, as of the last look at them.</summary>
public sealed class CaseInstruments : IDisposable
{
    private readonly Meter _meter = new("Grid.Enforcement");
    private long _open;
    private long _overdue;
    private long _oldestSeconds;

    public CaseInstruments()
    {
        _meter.CreateObservableGauge("grid.cases.open", () => Interlocked.Read(ref _open), null, "Cases without a verdict");
        _meter.CreateObservableGauge("grid.cases.overdue", () => Interlocked.Read(ref _overdue), null, "Cases that nobody looked at in time");
        _meter.CreateObservableGauge("grid.cases.oldest", () => Interlocked.Read(ref _oldestSeconds), "s", "Age of the oldest case without a verdict");
    }

    /// <summary>What was counted.</summary>
    public void Set(long open, long overdue, TimeSpan oldest)
    {
        Interlocked.Exchange(ref _open, open);
        Interlocked.Exchange(ref _overdue, overdue);
        Interlocked.Exchange(ref _oldestSeconds, (long)oldest.TotalSeconds);
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();
}
