using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Grid.Grains.Tests.Beds;

namespace Grid.Grains.Tests;

public sealed class StageInstrumentsTests
{
    [Fact]
    public async Task Record_one_message_is_timed_once_in_each_stage()
    {
        await using var bed = await GridBed.StartAsync(new() { Run = true });
        await bed.PutTenantAsync();
        var own = bed.Get<StageInstruments>();
        var times = new ConcurrentQueue<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (own.Owns(instrument))
                {
                    l.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, seconds, _, _) =>
        {
            Assert.True(seconds >= 0);
            times.Enqueue((string)instrument.Tags!.Single().Value!);
        });
        listener.Start();

        await bed.SubmitAsync("a@example.com");
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => times.Contains("counters"), "it is counted");

        Assert.Equal(["counters", "ingress", "outcomes", "queue", "sending"], times.Order());
    }
}
