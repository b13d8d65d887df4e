using System.Diagnostics.Metrics;

namespace Grid.Host.Api.Metrics;

/// <summary>What the process itself uses.</summary>
public sealed class ProcessInstruments : IDisposable
{
    private readonly Meter _meter = new("Grid.Process");

    public ProcessInstruments(TimeProvider clock)
    {
        var started = clock.GetTimestamp();
        _meter.CreateObservableGauge("grid.process.uptime", () => clock.GetElapsedTime(started).TotalSeconds, "s", "Time since the start");
        _meter.CreateObservableGauge("grid.process.working_set", () => Environment.WorkingSet, "By", "Memory in use by the process");
        _meter.CreateObservableGauge("grid.process.heap", () => GC.GetTotalMemory(false), "By", "Memory in use by objects");
        _meter.CreateObservableCounter("grid.process.cpu", () => Environment.CpuUsage.TotalTime.TotalSeconds, "s", "Processor time used");
        _meter.CreateObservableCounter("grid.process.collections", () => GC.CollectionCount(2), null, "Full garbage collections");
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();
}
