using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Embedded.Tests;

public sealed class TurnTests
{
    [Fact]
    public async Task Call_raceOfCallers_oneActivationAndNoLostTurn()
    {
        await using var engine = await Engine.Start();
        var callers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var n = 0; n < 500; n++)
            {
                await engine.Grains.GetGrain<ICounterGrain>("shared").Add(1);
            }
        }));
        await Task.WhenAll(callers);
        Assert.Equal(4000, await engine.Grains.GetGrain<ICounterGrain>("shared").Get());
        Assert.Equal(1, engine.Notes.Count("constructed shared"));
    }

    [Fact]
    public async Task Call_anyTurn_runsOnTheActivationsScheduler()
    {
        await using var engine = await Engine.Start();
        SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
        Task<string> call;
        try
        {
            call = engine.Grains.GetGrain<ICounterGrain>("a").Where();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(null);
        }

        Assert.Equal("home", await call);
    }

    [Fact]
    public async Task Call_idleGrain_completesOnTheCallersThread()
    {
        await using var engine = await Engine.Start();
        var grain = engine.Grains.GetGrain<ICounterGrain>("a");
        await grain.Touch();
        var context = new SynchronizationContext();
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            Assert.True(grain.Touch().IsCompletedSuccessfully);
            Assert.True(grain.Get().IsCompletedSuccessfully);
            Assert.Same(context, SynchronizationContext.Current);
            Assert.Same(TaskScheduler.Default, TaskScheduler.Current);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(null);
        }
    }

    [Fact]
    public async Task Call_whileAnotherRuns_waitsForItsEnd()
    {
        await using var engine = await Engine.Start();
        var grain = engine.Grains.GetGrain<ICounterGrain>("a");
        var first = grain.Hold("one");
        var second = grain.Hold("two");
        Assert.Equal(["begin one"], engine.Notes.Lines);
        engine.Notes.Open("two");
        engine.Notes.Open("one");
        await Task.WhenAll(first, second);
        Assert.Equal(["begin one", "end one", "begin two", "end two"], engine.Notes.Lines);
    }

    [Fact]
    public async Task Call_alwaysInterleave_passesARunningCall()
    {
        await using var engine = await Engine.Start();
        var grain = engine.Grains.GetGrain<ICounterGrain>("a");
        var held = grain.Hold("one");
        Assert.Equal(0, await grain.Peek());
        Assert.False(held.IsCompleted);
        engine.Notes.Open("one");
        await held;
    }

    [Fact]
    public async Task Call_readOnly_interleavesWithReadOnlyOnly()
    {
        await using var engine = await Engine.Start();
        var grain = engine.Grains.GetGrain<ICounterGrain>("a");
        var reads = Task.WhenAll(grain.Read("r1"), grain.Read("r2"));
        var write = grain.Hold("w");
        Assert.Equal(["begin r1", "begin r2"], engine.Notes.Lines);
        engine.Notes.Open("r1");
        engine.Notes.Open("r2");
        engine.Notes.Open("w");
        await reads;
        await write;
        Assert.Equal("begin w", engine.Notes.Lines[4]);
    }

    [Fact]
    public async Task Call_reentrantClass_interleaves()
    {
        await using var engine = await Engine.Start();
        var grain = engine.Grains.GetGrain<IReentrantGrain>("a");
        var one = grain.Hold("one");
        var two = grain.Hold("two");
        Assert.Equal(["begin one", "begin two"], engine.Notes.Lines);
        engine.Notes.Open("one");
        engine.Notes.Open("two");
        await Task.WhenAll(one, two);
    }

    [Fact]
    public async Task Call_manyFromOneCaller_runInTheirOrder()
    {
        await using var engine = await Engine.Start();
        var grain = engine.Grains.GetGrain<ICounterGrain>("slow a");
        var calls = Enumerable.Range(0, 200).Select(n => grain.HoldThenTell("open", $"{n}")).ToArray();
        engine.Notes.Open("open");
        engine.Notes.Open("activate");
        await Task.WhenAll(calls);
        Assert.Equal(Enumerable.Range(0, 200).Select(n => $"{n}"), engine.Notes.Lines);
    }

    [Fact]
    public async Task Call_cycleOfTwoGrains_endsByResponseTimeout()
    {
        await using var engine = await Engine.Start();
        var a = engine.Grains.GetGrain<ICounterGrain>("a");
        var cycle = a.CallBack(engine.Grains.GetGrain<ICounterGrain>("b"), "go");
        Assert.False(cycle.IsCompleted);
        engine.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(cycle.IsCompleted);
        engine.Clock.Advance(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<TimeoutException>(() => cycle);

        // The call that nobody waits for any more did not run.
        Assert.Equal(0, await a.Get());
    }

    [Fact]
    public async Task Call_methodWithItsOwnTimeout_endsThen()
    {
        await using var engine = await Engine.Start();
        var call = engine.Grains.GetGrain<ICounterGrain>("a").HoldBriefly("never");
        engine.Clock.Advance(TimeSpan.FromSeconds(6));
        await Assert.ThrowsAsync<TimeoutException>(() => call);
    }

    [Fact]
    public async Task Call_chainDeeperThanTheStackMayNest_completes()
    {
        await using var engine = await Engine.Start();
        Assert.Equal(300, await engine.Grains.GetGrain<ICounterGrain>("top").Deep(300));
    }

    [Fact]
    public async Task Call_oneWay_doesNotWait()
    {
        await using var engine = await Engine.Start();
        var grain = engine.Grains.GetGrain<ICounterGrain>("a");
        var held = grain.Hold("one");
        Assert.True(grain.Tell("hello").IsCompletedSuccessfully);
        Assert.DoesNotContain("hello", engine.Notes.Lines);
        engine.Notes.Open("one");
        await held;
        await engine.Notes.Gate("told hello");
    }

    [Fact]
    public async Task Call_moreWaitingThanTheLimit_isRefused()
    {
        await using var engine = await Engine.Start(silo => silo.Configure<SiloMessagingOptions>(o => o.MaxEnqueuedRequestsHardLimit = 3));
        var grain = engine.Grains.GetGrain<ICounterGrain>("a");
        var held = grain.Hold("one");
        var waiting = Enumerable.Range(0, 3).Select(_ => grain.Add(1)).ToArray();
        await Assert.ThrowsAsync<LimitExceededException>(() => grain.Add(1));
        engine.Notes.Open("one");
        await held;
        await Task.WhenAll(waiting);
        Assert.Equal(4, await grain.Add(1));
    }

    [Fact]
    public async Task Call_stuckGrain_doesNotHoardAbandonedCalls()
    {
        await using var engine = await Engine.Start(silo => silo.Configure<SiloMessagingOptions>(o => o.MaxEnqueuedRequestsHardLimit = 3));
        var grain = engine.Grains.GetGrain<ICounterGrain>("a");
        _ = grain.Hold("never");
        for (var round = 0; round < 5; round++)
        {
            var waiting = Enumerable.Range(0, 3).Select(_ => grain.Add(1)).ToArray();
            engine.Clock.Advance(TimeSpan.FromSeconds(31));
            foreach (var call in waiting)
            {
                await Assert.ThrowsAsync<TimeoutException>(() => call);
            }
        }
    }

    [Fact]
    public async Task Call_exception_crossesWithTypeAndStack()
    {
        await using var engine = await Engine.Start();
        var grain = engine.Grains.GetGrain<ICounterGrain>("a");
        var thrown = await Assert.ThrowsAsync<InvalidDataException>(() => grain.Fail("broken"));
        Assert.Contains($"{nameof(CounterGrain)}.{nameof(CounterGrain.Fail)}", thrown.StackTrace, StringComparison.Ordinal);
        var later = grain.FailLater("gate", "broken later");
        engine.Notes.Open("gate");
        thrown = await Assert.ThrowsAsync<InvalidDataException>(() => later);
        Assert.Equal("broken later", thrown.Message);
        Assert.Contains($"{nameof(CounterGrain)}.{nameof(CounterGrain.FailLater)}", thrown.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_cancellationToken_passes()
    {
        await using var engine = await Engine.Start();
        using var source = new CancellationTokenSource();
        var call = engine.Grains.GetGrain<ICounterGrain>("a").Cancelled(source.Token);
        await engine.Notes.Gate("waiting for cancellation");
        Assert.False(call.IsCompleted);
        await source.CancelAsync();
        Assert.True(await call);
    }

    [Fact]
    public async Task Call_ambientValues_onlyTheRequestContextFlows()
    {
        await using var engine = await Engine.Start();
        var grain = engine.Grains.GetGrain<ICounterGrain>("a");
        CounterGrain.Flow.Value = "caller's";
        RequestContext.Set("trace", "42");
        Assert.Equal("42", await grain.Ambient("trace"));
        Assert.Null(await grain.Ambient("flow"));
        RequestContext.Clear();
        Assert.Null(await grain.Ambient("trace"));
        Assert.Equal("caller's", CounterGrain.Flow.Value);
    }

    [Fact]
    public async Task Call_fromTheEndOfAnother_keepsItsOwnRequestContext()
    {
        await using var engine = await Engine.Start();
        var grain = engine.Grains.GetGrain<ICounterGrain>("a");
        RequestContext.Set("trace", "first");
        var held = grain.Hold("one");
        RequestContext.Clear();
        var second = grain.Ambient("trace");
        engine.Notes.Open("one");
        await held;
        Assert.Null(await second);
    }

    [Fact]
    public async Task Call_statelessWorker_runsAsManyAsAllowed()
    {
        await using var engine = await Engine.Start();
        var grain = engine.Grains.GetGrain<IWorkerGrain>("a");
        var calls = new[] { grain.Hold("one"), grain.Hold("two"), grain.Hold("three") };
        Assert.Equal(["begin one", "begin two"], engine.Notes.Lines);
        engine.Notes.Open("one");
        engine.Notes.Open("two");
        engine.Notes.Open("three");
        await Task.WhenAll(calls);
        Assert.Equal(2, engine.Notes.Count("workers"));
    }
}
