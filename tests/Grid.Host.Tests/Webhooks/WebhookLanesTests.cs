using Grid.Host.Webhooks;

namespace Grid.Host.Tests.Webhooks;

public sealed class WebhookLanesTests
{
    [Fact]
    public async Task EnterAsync_dawdlers_fill_their_own_places_only()
    {
        using var lanes = new WebhookLanes();
        var held = new List<IDisposable>();
        for (var i = 0; i < WebhookLanes.Unproven; i++)
        {
            held.Add(await lanes.EnterAsync(proven: false, default));
        }

        var next = lanes.EnterAsync(proven: false, default).AsTask();
        Assert.False(next.IsCompleted);
        for (var i = 0; i < WebhookLanes.Proven; i++)
        {
            Assert.True(lanes.EnterAsync(proven: true, default).IsCompletedSuccessfully);
        }

        held[0].Dispose();
        (await next).Dispose();
    }
}
