using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Orleans.Embedded.Tests;

public sealed class ReminderTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly MemoryReminderTable _table = new();

    [Fact]
    public async Task Reminder_due_ticksAtStartPlusWholePeriods()
    {
        await using var engine = await Start();
        await engine.Grains.GetGrain<ITickingGrain>("a").Remind("wake", Hour / 2, Hour);
        engine.Clock.Advance(3 * Hour);
        Assert.Equal(["wake at 00:30 due 00:30", "wake at 01:30 due 01:30", "wake at 02:30 due 02:30"], engine.Notes.Lines);
    }

    [Fact]
    public async Task Reminder_restart_survives()
    {
        var clock = new Grid.Testing.ManualClock();
        await using (var first = await Start(clock))
        {
            await first.Grains.GetGrain<ITickingGrain>("a").Remind("wake", Hour, Hour);
        }

        clock.Advance(Hour / 2);
        await using var second = await Start(clock);
        clock.Advance(Hour / 2);
        Assert.Equal(["wake at 01:00 due 01:00"], second.Notes.Lines);
    }

    [Fact]
    public async Task Reminder_dueWhileDown_ticksOnceSoonAfterStart()
    {
        var clock = new Grid.Testing.ManualClock();
        await using (var first = await Start(clock))
        {
            await first.Grains.GetGrain<ITickingGrain>("a").Remind("wake", Hour, Hour);
        }

        clock.Advance(5 * Hour / 2);
        await using var second = await Start(clock);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(second.Notes.Lines);
        clock.Advance(Hour / 2);
        Assert.Equal("wake at 03:00 due 03:00", second.Notes.Lines[1]);
    }

    [Fact]
    public async Task Reminder_centuriesAhead_isAccepted()
    {
        await using var engine = await Start();
        var grain = engine.Grains.GetGrain<ITickingGrain>("a");
        await grain.Remind("late", TimeSpan.FromDays(100), TimeSpan.FromDays(400_000));
        await grain.Remind("never", TimeSpan.MaxValue, TimeSpan.MaxValue);
        engine.Clock.Advance(TimeSpan.FromDays(99));
        Assert.Empty(engine.Notes.Lines);
        engine.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Single(engine.Notes.Lines);
    }

    [Fact]
    public async Task Reminder_grainThrows_comesAgain()
    {
        await using var engine = await Start();
        await engine.Grains.GetGrain<ITickingGrain>("a").Remind("bad", Hour, Hour);
        engine.Clock.Advance(3 * Hour);
        Assert.Equal(3, engine.Notes.Count("bad"));
    }

    [Fact]
    public async Task Register_again_replaces()
    {
        await using var engine = await Start();
        var grain = engine.Grains.GetGrain<ITickingGrain>("a");
        await grain.Remind("wake", Hour, Hour);
        await grain.Remind("wake", 5 * Hour, Hour);
        Assert.Equal(1, await grain.Reminders());
        engine.Clock.Advance(4 * Hour);
        Assert.Empty(engine.Notes.Lines);
        engine.Clock.Advance(Hour);
        Assert.Single(engine.Notes.Lines);
    }

    [Fact]
    public async Task Unregister_known_ticksNoMore()
    {
        await using var engine = await Start();
        var grain = engine.Grains.GetGrain<ITickingGrain>("a");
        await grain.Remind("wake", Hour, Hour);
        Assert.True(await grain.Forget("wake"));
        Assert.False(await grain.Forget("wake"));
        engine.Clock.Advance(3 * Hour);
        Assert.Empty(engine.Notes.Lines);
        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public async Task Register_moreThanMayBeUnderWay_allTick()
    {
        await using var engine = await Start();
        for (var n = 0; n < 200; n++)
        {
            await engine.Grains.GetGrain<ITickingGrain>($"grain {n}").Remind("wake", Hour, Hour);
        }

        engine.Clock.Advance(Hour);
        Assert.Equal(200, engine.Notes.Count("wake"));
    }

    [Fact]
    public async Task Register_periodTooShort_isRefused()
    {
        await using var engine = await Start();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            engine.Grains.GetGrain<ITickingGrain>("a").Remind("wake", Hour, TimeSpan.FromSeconds(59)));
    }

    [Fact]
    public async Task Register_withoutReminders_saysWhatIsMissing()
    {
        await using var engine = await Engine.Start();
        await Assert.ThrowsAsync<InvalidOperationException>(() => engine.Grains.GetGrain<ITickingGrain>("a").Remind("wake", Hour, Hour));
    }

    private Task<Engine> Start(Grid.Testing.ManualClock? clock = null) => Engine.Start(
        silo =>
        {
            // Grains stay, so that ticks run while the clock is moved.
            silo.Configure<GrainCollectionOptions>(static o => o.CollectionAge = TimeSpan.FromDays(1_000_000));
            silo.AddReminders();
            silo.Services.AddSingleton<IReminderTable>(_table);
        },
        clock);
}
