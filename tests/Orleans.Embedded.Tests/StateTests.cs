using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Embedded.Tests;

public sealed class StateTests
{
    [Fact]
    public async Task State_written_isThereInTheNextActivation()
    {
        await using var engine = await Engine.Start();
        var grain = engine.Grains.GetGrain<IStatefulGrain>("a");
        Assert.False(await grain.Exists());
        Assert.Equal("1", await grain.Set(7));
        engine.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(7, await grain.Get());
        Assert.True(await grain.Exists());
        Assert.Equal(["up a with 0", "up a with 7"], engine.Notes.Lines);
    }

    [Fact]
    public async Task State_cleared_isNew()
    {
        await using var engine = await Engine.Start();
        var grain = engine.Grains.GetGrain<IStatefulGrain>("a");
        await grain.Set(7);
        await grain.Clear();
        Assert.Equal(0, await grain.Get());
        Assert.False(await grain.Exists());
    }

    [Fact]
    public async Task State_twoInOneGrain_areApart()
    {
        await using var engine = await Engine.Start();
        engine.Storage.Overwrite("second", GrainId.Create("stateful", "a"), new StatefulGrain.Value { Number = 100 }, "1");
        var grain = engine.Grains.GetGrain<IStatefulGrain>("a");
        await grain.Set(7);
        Assert.Equal(107, await grain.Get());
    }

    [Fact]
    public async Task Write_stale_isRefusedAndTheGrainReadsAnew()
    {
        await using var engine = await Engine.Start();
        var grain = engine.Grains.GetGrain<IStatefulGrain>("a");
        await grain.Set(1);
        engine.Storage.Overwrite("value", GrainId.Create("stateful", "a"), new StatefulGrain.Value { Number = 50 }, "9");
        var refused = await Assert.ThrowsAsync<InconsistentStateException>(() => grain.Set(2));
        Assert.Equal(("9", "1"), (refused.StoredEtag, refused.CurrentEtag));
        Assert.Equal(50, await grain.Get());
        Assert.Equal("10", await grain.Set(3));
    }

    [Fact]
    public async Task Write_staleInACalledGrain_deactivatesThatOneOnly()
    {
        await using var engine = await Engine.Start();
        var caller = engine.Grains.GetGrain<IStatefulGrain>("caller");
        var called = engine.Grains.GetGrain<IStatefulGrain>("called");
        await called.Set(1);
        engine.Storage.Overwrite("value", GrainId.Create("stateful", "called"), new StatefulGrain.Value { Number = 50 }, "9");
        await Assert.ThrowsAsync<InconsistentStateException>(() => caller.SetThrough(called, 2));
        await caller.Get();
        await called.Get();
        Assert.Equal(["up called with 0", "up caller with 0", "up called with 50"], engine.Notes.Lines);
    }

    [Fact]
    public async Task Activate_storageThatIsNotRegistered_fails()
    {
        await using var engine = await Engine.Start();
        var thrown = await Assert.ThrowsAsync<BadProviderConfigException>(() => engine.Grains.GetGrain<IHomelessGrain>("a").Get());
        Assert.Contains("nowhere", thrown.Message, StringComparison.Ordinal);
    }
}
