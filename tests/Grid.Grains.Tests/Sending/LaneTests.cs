using Grid.Contracts.Admission;
using Grid.Contracts.Sending;
using Grid.Core.Admission;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Queue;
using Grid.Grains.Sending;
using Grid.Grains.Tests.Beds;
using Grid.Testing;

namespace Grid.Grains.Tests.Sending;

/// <summary>The way from one IP to one site, with the whole grid running: what the receiver says is heeded, for as long as it asks.</summary>
public sealed class LaneTests
{
    private const string Site = "mx.example.com";
    private static readonly SmtpReply Unusual = new(421, "4.7.28", "an unusual rate of unsolicited mail originating from your IP");

    [Fact]
    public async Task Heed_suspension_stops_the_site_and_not_others_and_ends_at_its_time_with_one_connection()
    {
        await using var bed = await StartAsync();
        bed.Transport.Delivering = (c, _) => new(c.Site == Site ? ScriptedAnswer.Says(Unusual) : ScriptedAnswer.Accepts);
        var refused = await bed.SubmitAsync("a@example.com");
        await bed.EndsAsync(refused, OutcomeKind.Deferred);
        await Until.Async(() => View(bed).SuspendedUntil is not null, "the lane is suspended");
        var until = View(bed).SuspendedUntil!.Value;
        Assert.Equal(("stop", Unusual.ToString()), (View(bed).Measures[0].Rule, View(bed).Measures[0].Words));

        bed.Transport.Delivering = (_, _) => new(ScriptedAnswer.Accepts);
        var begun = bed.Transport.Begun.Count;
        for (var i = 0; i < 30; i++)
        {
            await bed.SubmitAsync($"{i}@example.com");
        }

        var other = await bed.SubmitAsync("a@elsewhere.example");
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => bed.Transport.Begun.Count == begun + 1, "the other site's mail goes");
        await bed.EndsAsync(other, OutcomeKind.Delivered);
        await bed.PassAsync(TimeSpan.FromSeconds(1), () => bed.Now >= until.AddSeconds(-1), "time passes");
        Assert.Equal(begun + 1, bed.Transport.Begun.Count);

        var open = 0;
        bed.Transport.Delivering = (_, _) =>
        {
            open = Math.Max(open, bed.Transport.Open);
            return new(ScriptedAnswer.Accepts);
        };
        await bed.PassAsync(TimeSpan.FromMilliseconds(100), () => bed.Transport.Accepted.Count >= 31, "it goes when the time is over");
        Assert.True(bed.Now >= until, $"{bed.Now} is before {until}");
        Assert.Equal(1, open);
    }

    [Fact]
    public async Task Heed_measure_holds_over_a_kill()
    {
        await using var before = await StartAsync();
        before.Transport.Delivering = (_, _) => new(ScriptedAnswer.Says(Unusual));
        await before.EndsAsync(await before.SubmitAsync("a@example.com"), OutcomeKind.Deferred);
        await Until.Async(() => View(before).SuspendedUntil is not null, "the lane is suspended");
        var until = View(before).SuspendedUntil;
        await before.KillAsync();

        await using var after = await StartAsync(before.Options.Folder, before.Clock);
        Assert.Equal(until, View(after).SuspendedUntil);
        await after.SubmitAsync("b@example.com");
        await after.PassAsync(TimeSpan.FromSeconds(1), () => after.Now >= until!.Value.AddSeconds(-2), "time passes");
        Assert.Empty(after.Transport.Begun);
        await after.PassAsync(TimeSpan.FromMilliseconds(100), () => after.Transport.Accepted.Contains("b@example.com"), "it goes when the time is over");
    }

    [Fact]
    public async Task Heed_greeting_that_refuses_counts_too()
    {
        await using var bed = await StartAsync();
        bed.Transport.Opening = (_, _) => Unusual;
        await bed.SubmitAsync("a@example.com");
        await Until.Async(() => View(bed).SuspendedUntil is not null, "the lane is suspended");
        Assert.Equal(1, bed.Transport.Openings);
    }

    [Fact]
    public async Task Heed_rest_stops_the_ip_at_every_site()
    {
        await using var bed = await StartAsync();
        bed.Transport.Delivering = (_, t) => new(t.Recipients[0][0] == 'x' ? ScriptedAnswer.Says(new SmtpReply(554, "5.7.1", "your address is worn out")) : ScriptedAnswer.Accepts);
        await bed.EndsAsync(await bed.SubmitAsync("x@example.com"), OutcomeKind.Bounced);
        await Until.Async(() => View(bed).SuspendedUntil is not null, "the lane is suspended");
        var until = View(bed).SuspendedUntil!.Value;
        await Until.Async(() => bed.Get<Grid.Grains.Admission.PermitBook>().Enter(Grid.Contracts.Admission.PermitKind.Send, Subject.Ip(GridBed.Ip)) is { } block && !block.TryUse(bed.Clock.GetTimestamp()), "the IP gives no permit");
        await bed.SubmitAsync("a@elsewhere.example");
        await bed.PassAsync(TimeSpan.FromSeconds(1), () => bed.Now >= until.AddSeconds(-2), "time passes");
        Assert.Empty(bed.Transport.Accepted);
        await bed.PassAsync(TimeSpan.FromMilliseconds(100), () => bed.Transport.Accepted.Count == 1, "it goes when the rest is over");
    }

    [Fact]
    public async Task Acquire_rate_of_the_profile_is_never_exceeded()
    {
        await using var bed = await StartAsync();
        var began = bed.Now;
        var worst = 0d;
        bed.Transport.Delivering = (_, _) =>
        {
            worst = Math.Max(worst, bed.Transport.Begun.Count - (10 * (bed.Now - began).TotalSeconds));
            return new(ScriptedAnswer.Accepts);
        };
        for (var i = 0; i < 60; i++)
        {
            await bed.SubmitAsync($"{i}@slow.example");
        }

        await bed.PassAsync(TimeSpan.FromMilliseconds(20), () => bed.Transport.Accepted.Count == 60, "all is delivered");
        Assert.True(worst <= 10, $"{worst} messages more than 10/s allows, and 10 at once are allowed");
        Assert.True(bed.Now - began >= TimeSpan.FromSeconds(4.9), $"60 went in {bed.Now - began}");
    }

    [Fact]
    public async Task TryTake_connections_of_a_lane_hold_over_all_sets_of_hosts_of_its_site()
    {
        await using var bed = await StartAsync();
        bed.Get<ScriptedRouter>().Route = domain => new SiteRoute("narrow", "mx." + domain, 25, TlsMode.None) { Destination = "mx." + domain };
        bed.Transport.Delivering = async (_, _) =>
        {
            await Task.Yield();
            return ScriptedAnswer.Accepts;
        };
        for (var i = 0; i < 200; i++)
        {
            await bed.SubmitAsync($"a@{i % 20}.example");
        }

        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => bed.Transport.Accepted.Count == 200, "all is delivered");
        Assert.InRange(bed.Transport.MostOpen, 1, 3);
    }

    [Fact]
    public async Task PushAsync_profile_is_in_force_at_once_and_after_a_kill()
    {
        await using var bed = await StartAsync();
        var book = bed.Get<ShapingBook>();
        Assert.Equal(10, View(bed).MaxConnections);
        var document = await book.PushAsync("text", [new() { Name = Site, Connections = 2, MessagesPerConnection = 1 }], default);
        Assert.Equal((1, "text"), (document.Version, book.Pushed!.Text));
        Assert.Equal((2, 1), (View(bed).MaxConnections, View(bed).MaxMessagesPerConnection));
        await bed.SubmitAsync("a@example.com");
        await bed.SubmitAsync("b@example.com");
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => bed.Transport.Accepted.Count == 2, "both are delivered");
        Assert.Equal(2, bed.Transport.Openings);
        await bed.KillAsync();

        await using var after = await StartAsync(bed.Options.Folder, bed.Clock);
        Assert.Equal((2, 1), (View(after).MaxConnections, after.Get<ShapingBook>().Pushed!.Version));
    }

    [Fact]
    public async Task Unroutable_mail_ends_as_the_router_says()
    {
        await using var bed = await StartAsync();
        bed.Get<ScriptedRouter>().Site = domain => domain.StartsWith('x') ? null : "mx." + domain;
        bed.Get<ScriptedRouter>().Failure = domain => domain == "x1.example" ? new(556, "5.1.10", "x1.example takes no mail") : new(451, "4.4.3", "name service error");
        var (never, later) = (await bed.SubmitAsync("a@x1.example"), await bed.SubmitAsync("a@x2.example"));
        await bed.EndsAsync(never, OutcomeKind.Bounced);
        await bed.EndsAsync(later, OutcomeKind.Deferred);
        var bounced = (await bed.Spool.FindAsync(never))!.History[^1];
        Assert.Equal((ReplyReason.BadDomain, true, 556), (bounced.Reason, bounced.Hard, bounced.Reply!.Code));
        Assert.NotNull(await bed.Get<ISuppressions>().FindAsync(GridBed.Tenant, "a@x1.example"));
    }

    [Fact]
    public async Task Retire_queue_that_nobody_uses_goes_and_comes_back_with_its_mail()
    {
        await using var bed = await StartAsync();
        await bed.EndsAsync(await bed.SubmitAsync("a@example.com"), OutcomeKind.Delivered);
        var queues = bed.Get<ReadyQueues>();
        Assert.NotNull(queues.Find("default", Site));
        await bed.PassAsync(TimeSpan.FromSeconds(5), () => queues.Find("default", Site) is null, "the queue is retired");
        await bed.EndsAsync(await bed.SubmitAsync("b@example.com"), OutcomeKind.Delivered);
    }

    [Fact]
    public async Task Acquire_learnt_pace_counts_what_was_sent_over_an_idle_deactivation()
    {
        var options = new BedOptions { Shaping = [new() { Name = "default", Rules = [new() { Id = "slow", Statuses = ["4.7.28"], Action = ShapingAction.Suspend, For = TimeSpan.FromMinutes(2), Learn = true }] }] };
        await using var before = await GridBed.StartAsync(options);
        Assert.Equal(500, (await AcquireAsync(before, 500)).Count);
        before.Clock.Advance(TimeSpan.FromMinutes(50));
        Assert.Equal(500, (await AcquireAsync(before, 500)).Count);
        before.Clock.Advance(TimeSpan.FromMinutes(1));
        await Lane(before).Heed("slow", 1, Unusual);

        // The first 500 are more than an hour ago then: 95 % of 1,000 less the others may go until an hour after the refusal.
        before.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(450, await AllAsync(before, TimeSpan.FromMinutes(35)));
        await before.StopAsync();

        await using var after = await GridBed.StartAsync(before.Options);
        Assert.Equal(0, await AllAsync(after, TimeSpan.FromMinutes(5)));
        after.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.NotEqual(0, await AllAsync(after, TimeSpan.FromMinutes(5)));

        static async Task<int> AllAsync(GridBed bed, TimeSpan within)
        {
            var sum = 0;
            for (var end = bed.Now + within; bed.Now < end; bed.Clock.Advance(TimeSpan.FromSeconds(4)))
            {
                sum += (await AcquireAsync(bed, 2)).Count;
            }

            return sum;
        }
    }

    private static ILaneGrain Lane(GridBed bed) => bed.Grains.GetGrain<ILaneGrain>($"{GridBed.Ip}|{Site}");

    private static ValueTask<PermitGrant> AcquireAsync(GridBed bed, int wanted) => Lane(bed).Acquire(bed.Reference(new()), PermitKind.Send, wanted, 0);

    private static LaneView View(GridBed bed) => bed.Grains.GetGrain<ILaneGrain>($"{GridBed.Ip}|{Site}").View().AsTask().GetAwaiter().GetResult();

    private static async Task<GridBed> StartAsync(string? folder = null, ManualClock? clock = null)
    {
        var options = new BedOptions
        {
            Run = true,
            Clock = clock ?? new(),
            Shaping =
            [
                new() { Name = "slow", Sites = ["mx.slow.example"], Rate = new(10, TimeSpan.FromSeconds(1), 10) },
                new() { Name = "narrow", Connections = 3 },
                new()
                {
                    Name = "default",
                    Step = TimeSpan.FromMinutes(2),
                    Rules =
                    [
                        new() { Id = "stop", Statuses = ["4.7.28"], Action = ShapingAction.Suspend, For = TimeSpan.FromMinutes(10) },
                        new() { Id = "rest", Phrases = ["worn out"], Action = ShapingAction.RestIp, For = TimeSpan.FromMinutes(10) },
                    ],
                },
            ],
        };
        var bed = await GridBed.StartAsync(folder is null ? options : options with { Folder = folder });
        await bed.PutTenantAsync();
        return bed;
    }
}
