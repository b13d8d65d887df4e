using System.Diagnostics.Metrics;

namespace Grid.Host.Webhooks;

/// <summary>Webhooks in numbers.</summary>
public sealed class WebhookInstruments : IDisposable
{
    private readonly Meter _meter = new("Grid.Webhooks");
    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _events;
    private readonly Histogram<double> _duration;

    public WebhookInstruments()
    {
        _deliveries = _meter.CreateCounter<long>("grid.webhooks.deliveries", null, "Batches posted to webhooks, by how that came out");
        _events = _meter.CreateCounter<long>("grid.webhooks.events", null, "Outcomes that receivers have taken");
        _duration = _meter.CreateHistogram<double>("grid.webhooks.delivery", "s", "Time from resolving the receiver's name to its answer");
    }

    /// <summary>Says how many webhooks there are in each state, when asked.</summary>
    public void ObserveStates(Func<(int Active, int Failing, int Paused)> count) =>
        _meter.CreateObservableGauge<int>(
            "grid.webhooks",
            () =>
            {
                var (active, failing, paused) = count();
                return [State(active, "active"), State(failing, "failing"), State(paused, "paused")];
            },
            null,
            "Webhooks by state");

    internal void Delivered(WebhookAnswer answer, int events, TimeSpan took)
    {
        var result = answer switch
        {
            WebhookAnswer.Taken => "taken",
            WebhookAnswer.Failed => "failed",
            WebhookAnswer.Gone => "gone",
            _ => throw new InvalidOperationException($"no answer {answer.GetType().Name}"),
        };
        _deliveries.Add(1, new KeyValuePair<string, object?>("result", result));
        _duration.Record(took.TotalSeconds);
        if (answer is WebhookAnswer.Taken)
        {
            _events.Add(events);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    private static Measurement<int> State(int count, string state) => new(count, new KeyValuePair<string, object?>("state", state));
}
