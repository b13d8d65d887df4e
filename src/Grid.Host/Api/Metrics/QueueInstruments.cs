using System.Diagnostics.Metrics;
using Grid.Grains.Queue;
using Grid.Host.Queue;

namespace Grid.Host.Api.Metrics;

/// <summary>The queue in numbers. Counting asks the store, so it is done when metrics are read, and at most every 10 s.</summary>
internal sealed class QueueInstruments : IDisposable
{
    private static readonly TimeSpan MinInterval = TimeSpan.FromSeconds(10);

    private readonly Meter _meter = new("Grid.Queue");
    private readonly QueueWatch _queue;
    private readonly TimeProvider _clock;
    private QueueSummary _summary = new(0, 0, 0, 0, 0, [], []);
    private DateTimeOffset _readAt = DateTimeOffset.MinValue;

    public QueueInstruments(QueueWatch queue, TimeProvider clock)
    {
        (_queue, _clock) = (queue, clock);
        _meter.CreateObservableGauge("grid.queue.recipients", Recipients, null, "Queued recipients by what they wait for: ready, deferred, inFlight, or suspended with their stream or campaign");
        _meter.CreateObservableGauge("grid.queue.oldest", () => _summary.OldestSeconds, "s", "Age of the oldest queued recipient");
    }

    /// <summary>Counts anew when the last count is old.</summary>
    public async ValueTask RefreshAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        if (now - _readAt >= MinInterval)
        {
            _readAt = now;
            (_summary, _) = await _queue.ReadAsync(cancellationToken);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> Recipients() =>
    [
        new(_summary.Ready, new KeyValuePair<string, object?>("state", "ready")),
        new(_summary.Deferred, new KeyValuePair<string, object?>("state", "deferred")),
        new(_summary.InFlight, new KeyValuePair<string, object?>("state", "inFlight")),
        new(_summary.Suspended, new KeyValuePair<string, object?>("state", "suspended")),
    ];
}
