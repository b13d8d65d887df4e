using Orleans.Runtime;

namespace Orleans.Embedded.Tests;

public sealed class ObserverTests
{
    [Fact]
    public async Task Observer_calledByAGrain_hears()
    {
        await using var engine = await Engine.Start();
        var listener = new Listener();
        var reference = engine.Grains.CreateObjectReference<ICounterObserver>(listener);
        await engine.Grains.GetGrain<ICounterGrain>("a").Notify(reference, "hello");
        Assert.Equal(["hello later", "hello"], listener.Lines);
    }

    [Fact]
    public async Task Observer_deleted_isRefused()
    {
        await using var engine = await Engine.Start();
        var listener = new Listener();
        var reference = engine.Grains.CreateObjectReference<ICounterObserver>(listener);
        engine.Grains.DeleteObjectReference<ICounterObserver>(reference);
        await Assert.ThrowsAsync<ClientNotAvailableException>(() => engine.Grains.GetGrain<ICounterGrain>("a").Notify(reference, "hello"));
        Assert.Empty(listener.Lines);
    }

    [Fact]
    public async Task Observer_referredToByAGrain_isRefusedAsOrleansDoes()
    {
        await using var engine = await Engine.Start();
        await Assert.ThrowsAsync<InvalidOperationException>(engine.Grains.GetGrain<ICounterGrain>("a").MakeReference);
    }

    private sealed class Listener : ICounterObserver
    {
        public List<string> Lines { get; } = [];

        public Task Heard(string line)
        {
            Lines.Add(line);
            return Task.CompletedTask;
        }

        public void HeardLater(string line) => Lines.Add(line);
    }
}
