using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Embedded.Tests;

public sealed class LifeTests
{
    [Fact]
    public async Task Call_activationThatThrows_failsAndTheNextActivatesAnew()
    {
        await using var engine = await Engine.Start();
        var grain = engine.Grains.GetGrain<ICounterGrain>("broken");
        var thrown = await Assert.ThrowsAsync<InvalidDataException>(() => grain.Add(1));
        Assert.Equal("not today", thrown.Message);
        Assert.Equal(1, await grain.Add(1));
        Assert.Equal(2, engine.Notes.Count("constructed broken"));
    }

    [Fact]
    public async Task Call_activationThatHangs_failsByActivationTimeout()
    {
        await using var engine = await Engine.Start(silo => silo.Configure<GrainCollectionOptions>(o => o.ActivationTimeout = TimeSpan.FromSeconds(10)));
        var call = engine.Grains.GetGrain<ICounterGrain>("slow").Add(1);
        engine.Clock.Advance(TimeSpan.FromSeconds(11));
        await Assert.ThrowsAsync<TimeoutException>(() => call);
    }

    [Fact]
    public async Task Call_duringActivation_waitsForIt()
    {
        await using var engine = await Engine.Start();
        var grain = engine.Grains.GetGrain<ICounterGrain>("slow");
        var calls = Enumerable.Range(0, 5).Select(_ => grain.Add(1)).ToArray();
        Assert.DoesNotContain(calls, static call => call.IsCompleted);
        engine.Notes.Open("activate");
        Assert.Equal(Enumerable.Range(1, 5), await Task.WhenAll(calls));
        Assert.Equal(1, engine.Notes.Count("constructed slow"));
    }

    [Fact]
    public async Task Collect_idleForItsAge_deactivates()
    {
        await using var engine = await Engine.Start();
        var grain = engine.Grains.GetGrain<ICounterGrain>("a");
        await grain.Touch();
        engine.Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.Empty(engine.Notes.Lines);
        await grain.Touch();
        engine.Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.Empty(engine.Notes.Lines);
        engine.Clock.Advance(TimeSpan.FromMinutes(2));
        await Gone(engine, "a");
        Assert.Equal("deactivating a ActivationIdle", engine.Notes.Lines[0]);
        Assert.Equal(0, await grain.Get());
    }

    [Fact]
    public async Task Collect_classWithItsOwnAge_usesIt()
    {
        await using var engine = await Engine.Start();
        await engine.Grains.GetGrain<IShortLivedGrain>("a").Touch();
        engine.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await Management(engine).GetTotalActivationCount() - 1);
        engine.Clock.Advance(TimeSpan.FromMinutes(2));
        await engine.Notes.Gate("short-lived gone");
    }

    [Fact]
    public async Task Collect_delayedDeactivation_waits()
    {
        await using var engine = await Engine.Start();
        var grain = engine.Grains.GetGrain<ICounterGrain>("a");
        await grain.Stay(TimeSpan.FromHours(1));
        engine.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Empty(engine.Notes.Lines);
        engine.Clock.Advance(TimeSpan.FromMinutes(2));
        await Gone(engine, "a");
    }

    [Fact]
    public async Task Collect_runningCall_isNotIdle()
    {
        await using var engine = await Engine.Start(silo => silo.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromHours(2)));
        var held = engine.Grains.GetGrain<ICounterGrain>("a").Hold("one");
        engine.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(["begin one"], engine.Notes.Lines);
        engine.Notes.Open("one");
        await held;
    }

    [Fact]
    public async Task DeactivateOnIdle_thenCall_isANewActivation()
    {
        await using var engine = await Engine.Start();
        var grain = engine.Grains.GetGrain<ICounterGrain>("a");
        await grain.Touch();
        await grain.Leave();
        Assert.Equal(0, await grain.Get());
        Assert.Equal(2, engine.Notes.Count("constructed a"));
    }

    [Fact]
    public async Task Call_duringDeactivation_runsOnANewActivationAfterIt()
    {
        await using var engine = await Engine.Start();
        var grain = engine.Grains.GetGrain<ICounterGrain>("lingering");
        await grain.Leave();
        var calls = Enumerable.Range(0, 20).Select(_ => grain.Add(1)).ToArray();
        Assert.Equal(1, engine.Notes.Count("constructed lingering"));
        Assert.DoesNotContain(calls, static call => call.IsCompleted);
        engine.Notes.Open("deactivate");
        Assert.Equal(Enumerable.Range(1, 20), await Task.WhenAll(calls));
        Assert.Equal(2, engine.Notes.Count("constructed lingering"));
        Assert.Equal(["deactivating lingering ApplicationRequested", "deactivated lingering"], engine.Notes.Lines);
    }

    [Fact]
    public async Task Call_raceWithDeactivations_noneIsLostAndNoTwoActivationsLive()
    {
        await using var engine = await Engine.Start();
        var callers = Enumerable.Range(0, 4).Select(caller => Task.Run(async () =>
        {
            var grain = engine.Grains.GetGrain<ISingleGrain>("a");
            for (var n = 0; n < 500; n++)
            {
                await grain.Touch(n % 7 == caller);
            }
        }));
        await Task.WhenAll(callers);
        Assert.Equal(2000, engine.Notes.Count("touched"));
        Assert.Equal(0, engine.Notes.Count("two at once"));
        Assert.True(engine.Notes.Count("came up") > 1);
    }

    [Fact]
    public async Task Stop_activeGrains_areDeactivatedAndCallsRefused()
    {
        var engine = await Engine.Start();
        var grain = engine.Grains.GetGrain<ICounterGrain>("a");
        await grain.Touch();
        await engine.Stop();
        Assert.Equal(["deactivating a ShuttingDown", "deactivated a"], engine.Notes.Lines);
        await Assert.ThrowsAsync<SiloUnavailableException>(() => grain.Add(1));
        await Assert.ThrowsAsync<SiloUnavailableException>(() => engine.Grains.GetGrain<ICounterGrain>("b").Add(1));
        await engine.DisposeAsync();
    }

    [Fact]
    public async Task Stop_grainThatHangs_isBoundedAndItsCallersFail()
    {
        await using var engine = await Engine.Start();
        var held = engine.Grains.GetGrain<ICounterGrain>("a").Hold("never");
        var stop = engine.Stop();
        engine.Clock.Advance(TimeSpan.FromSeconds(31));
        await stop;
        await Assert.ThrowsAnyAsync<Exception>(() => held);
    }

    [Fact]
    public async Task Call_beforeStart_isRefused()
    {
        await using var engine = await Engine.Start(start: false);
        await Assert.ThrowsAsync<SiloUnavailableException>(() => engine.Grains.GetGrain<ICounterGrain>("a").Add(1));
        await engine.Begin();
        Assert.Equal(1, await engine.Grains.GetGrain<ICounterGrain>("a").Add(1));
    }

    [Fact]
    public async Task GetGrain_keysOfEveryKind_areTheGrains()
    {
        await using var engine = await Engine.Start();
        Assert.Equal(-7, await engine.Grains.GetGrain<INumberedGrain>(-7).Key());
        var guid = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff");
        Assert.Equal(guid, await engine.Grains.GetGrain<IGuidGrain>(guid).Key());
        Assert.Equal("counter/a/b", (await engine.Grains.GetGrain<ICounterGrain>("a/b").Id()).ToString());
        Assert.Equal(engine.Grains.GetGrain<ICounterGrain>("a"), engine.Grains.GetGrain<ICounterGrain>(GrainId.Parse("counter/a")));
    }

    [Fact]
    public async Task GetGrain_interfaceWithoutAClass_isRefused()
    {
        await using var engine = await Engine.Start();
        Assert.Throws<ArgumentException>(() => engine.Grains.GetGrain<IOrphanGrain>("a"));
    }

    private static IManagementGrain Management(Engine engine) => engine.Grains.GetGrain<IManagementGrain>(0);

    // A call made now goes to the next activation, which begins only when the last one is over.
    private static async Task Gone(Engine engine, string key)
    {
        await engine.Grains.GetGrain<ICounterGrain>(key).Get();
        Assert.Equal(2, engine.Notes.Count($"constructed {key}"));
    }
}
