namespace Orleans.Embedded.Tests;

public sealed class TimerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Timer_dueAndPeriod_ticks()
    {
        await using var engine = await Engine.Start();
        await engine.Grains.GetGrain<ITickingGrain>("a").Start(5 * Second, 2 * Second, false, false);
        engine.Clock.Advance(10 * Second);
        Assert.Equal(["tick 1 at 00:00:05", "tick 2 at 00:00:07", "tick 3 at 00:00:09"], engine.Notes.Lines);
    }

    [Fact]
    public async Task Timer_infinitePeriod_ticksOnce()
    {
        await using var engine = await Engine.Start();
        await engine.Grains.GetGrain<ITickingGrain>("a").Start(Second, Timeout.InfiniteTimeSpan, false, false);
        engine.Clock.Advance(100 * Second);
        Assert.Equal(["tick 1 at 00:00:01"], engine.Notes.Lines);
    }

    [Fact]
    public async Task Timer_period_countsFromTheCallbacksEnd()
    {
        await using var engine = await Engine.Start();
        var grain = engine.Grains.GetGrain<ITickingGrain>("slow");
        await grain.Start(Second, 10 * Second, false, false);
        engine.Clock.Advance(6 * Second);
        engine.Notes.Open("tick 1");
        engine.Notes.Open("after");
        await grain.Hold("after");
        engine.Clock.Advance(9 * Second);
        Assert.Equal(1, engine.Notes.Count("ticks"));
        engine.Clock.Advance(Second);
        Assert.Contains("tick 2 at 00:00:16", engine.Notes.Lines);
    }

    [Fact]
    public async Task Timer_callRunning_waitsForItsEnd()
    {
        await using var engine = await Engine.Start();
        var grain = engine.Grains.GetGrain<ITickingGrain>("a");
        await grain.Start(Second, Timeout.InfiniteTimeSpan, false, false);
        var held = grain.Hold("one");
        engine.Clock.Advance(2 * Second);
        Assert.Equal(["begin one"], engine.Notes.Lines);
        engine.Notes.Open("one");
        await held;
        await grain.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Assert.Equal(["begin one", "end one", "tick 1 at 00:00:02"], engine.Notes.Lines);
    }

    [Fact]
    public async Task Timer_interleaving_passesARunningCall()
    {
        await using var engine = await Engine.Start();
        var grain = engine.Grains.GetGrain<ITickingGrain>("a");
        await grain.Start(Second, Timeout.InfiniteTimeSpan, true, false);
        var held = grain.Hold("one");
        engine.Clock.Advance(2 * Second);
        Assert.Equal(["begin one", "tick 1 at 00:00:01"], engine.Notes.Lines);
        engine.Notes.Open("one");
        await held;
    }

    [Fact]
    public async Task Timer_callbackThrows_goesOn()
    {
        await using var engine = await Engine.Start();
        await engine.Grains.GetGrain<ITickingGrain>("bad").Start(Second, Second, false, false);
        engine.Clock.Advance(3 * Second);
        Assert.Equal(3, engine.Notes.Count("ticks"));
    }

    [Fact]
    public async Task Change_newTimes_replaceTheOld()
    {
        await using var engine = await Engine.Start();
        var grain = engine.Grains.GetGrain<ITickingGrain>("a");
        await grain.Start(Second, Second, false, false);
        await grain.Change(30 * Second, 10 * Second);
        engine.Clock.Advance(45 * Second);
        Assert.Equal(["tick 1 at 00:00:30", "tick 2 at 00:00:40"], engine.Notes.Lines);
    }

    [Fact]
    public async Task Dispose_ofTimer_stopsItAndCancelsItsToken()
    {
        await using var engine = await Engine.Start();
        var grain = engine.Grains.GetGrain<ITickingGrain>("a");
        await grain.Start(Second, Second, false, false);
        engine.Clock.Advance(Second);
        await grain.Stop();
        engine.Clock.Advance(10 * Second);
        Assert.Equal(["tick 1 at 00:00:01", "ended True"], engine.Notes.Lines);
    }

    [Fact]
    public async Task Timer_deactivatedGrain_ticksNoMore()
    {
        await using var engine = await Engine.Start();
        var grain = engine.Grains.GetGrain<ITickingGrain>("a");
        await grain.Start(Second, Second, false, false);
        await grain.Leave();
        engine.Notes.Open("one");
        await grain.Hold("one");
        engine.Clock.Advance(10 * Second);
        Assert.Equal(0, engine.Notes.Count("ticks"));
    }

    [Fact]
    public async Task Timer_keepAlive_keepsTheGrain()
    {
        await using var engine = await Engine.Start();
        await engine.Grains.GetGrain<ITickingGrain>("a").Start(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), false, true);
        await engine.Grains.GetGrain<ITickingGrain>("b").Start(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), false, false);
        for (var minute = 0; minute < 60; minute++)
        {
            engine.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.InRange(engine.Notes.Count("ticks"), 60 + 14, 60 + 20);
    }

    [Theory]
    [InlineData(-5000, 1000)]
    [InlineData(1000, 0)]
    [InlineData(1000, -5000)]
    public async Task Register_timesOutOfRange_areRefused(int due, int period)
    {
        await using var engine = await Engine.Start();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            engine.Grains.GetGrain<ITickingGrain>("a").Start(TimeSpan.FromMilliseconds(due), TimeSpan.FromMilliseconds(period), false, false));
    }
}
