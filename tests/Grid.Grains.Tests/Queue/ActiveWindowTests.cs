using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Queue;
using Grid.Grains.Tests.Beds;
using Grid.Testing;

namespace Grid.Grains.Tests.Queue;

/// <summary>The window over the real store, with the whole grid running.</summary>
public sealed class ActiveWindowTests
{
    private static readonly SmtpReply Busy = new(451, "4.3.2", "try again later");

    [Fact]
    public async Task Settle_deferral_comes_back_when_it_is_due()
    {
        await using var bed = await StartAsync();
        bed.Transport.Delivering = (c, t) => new(bed.Transport.Begun.Count == 1 ? ScriptedAnswer.Says(Busy) : ScriptedAnswer.Accepts);
        var id = await bed.SubmitAsync("a@example.com");
        await bed.EndsAsync(id, OutcomeKind.Deferred);
        await Until.Async(() => bed.Get<ActiveWindow>().InMemory == 0, "the window is empty");
        bed.Clock.Advance(TimeSpan.FromMinutes(20) - TimeSpan.FromSeconds(5));
        Assert.Single(bed.Transport.Begun);
        Assert.Equal(0, bed.Get<ActiveWindow>().InMemory);
        await bed.PassAsync(TimeSpan.FromSeconds(1), () => bed.Transport.Accepted.Count == 1, "it is delivered");
        await bed.EndsAsync(id, OutcomeKind.Delivered);
        Assert.Equal([OutcomeKind.Deferred, OutcomeKind.Delivered], await bed.HistoryAsync(id));
    }

    [Fact]
    public async Task FlushAsync_deferral_goes_at_once()
    {
        await using var bed = await StartAsync();
        bed.Transport.Delivering = (c, t) => new(bed.Transport.Begun.Count == 1 ? ScriptedAnswer.Says(Busy) : ScriptedAnswer.Accepts);
        var id = await bed.SubmitAsync("a@example.com");
        await bed.EndsAsync(id, OutcomeKind.Deferred);
        await Until.Async(() => bed.Get<ActiveWindow>().InMemory == 0, "the window is empty");
        Assert.Equal(1, await bed.Get<QueueControl>().FlushAsync(null, "example.com", default));
        await bed.EndsAsync(id, OutcomeKind.Delivered);
    }

    [Fact]
    public async Task RunAsync_mail_adopted_from_a_dead_process_is_sent()
    {
        await using var bed = await StartAsync();
        await Until.Async(() => bed.SpoolControl.Callbacks.Count == 1, "the window listens");
        await WaitInStoreAsync(bed, "a@example.com");
        bed.SpoolControl.Callbacks[0]();
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => bed.Transport.Accepted.Count == 1, "it is delivered");
    }

    [Fact]
    public async Task LoadAsync_mail_that_comes_to_wait_while_the_store_is_read_is_not_forgotten()
    {
        await using var bed = await StartAsync(ips: []);
        var first = await WaitInStoreAsync(bed, "first@example.com");
        var came = 0;
        bed.SpoolControl.After = method =>
        {
            if (method == nameof(ISpool.ReadWaitingAsync) && Interlocked.Increment(ref came) == 2)
            {
                WaitInStoreAsync(bed, "second@example.com").GetAwaiter().GetResult();
            }
        };
        bed.Get<ActiveWindow>().Accept([first], reserved: false);
        await Until.Async(() => bed.Get<ActiveWindow>().InMemory == 2, "both are in memory");
    }

    [Fact]
    public async Task Accept_mail_committed_after_but_due_before_what_was_read_is_not_forgotten()
    {
        await using var bed = await StartAsync(ips: []);
        var early = bed.Now;
        bed.Clock.Advance(TimeSpan.FromMilliseconds(10));
        bed.Get<ActiveWindow>().Accept([await WaitInStoreAsync(bed, "late@example.com", tell: false)], reserved: false);
        await Until.Async(() => bed.Get<ActiveWindow>().InMemory == 1, "the first is in memory");
        bed.Get<ActiveWindow>().Accept([await WaitInStoreAsync(bed, "early@example.com", early, tell: false)], reserved: false);
        await Until.Async(() => bed.Get<ActiveWindow>().InMemory == 2, "both are in memory");
    }

    [Fact]
    public async Task LoadAsync_store_is_away_goes_on_by_itself_when_it_is_back()
    {
        await using var bed = await StartAsync(ips: []);
        var message = await WaitInStoreAsync(bed, "a@example.com", tell: false);
        var refused = 0;
        bed.SpoolControl.Before = method =>
        {
            if (method == nameof(ISpool.ReadWaitingAsync))
            {
                Interlocked.Increment(ref refused);
                throw new StoreUnavailableException("away");
            }
        };
        bed.Get<ActiveWindow>().Accept([message], reserved: false);
        await Until.Async(() => Volatile.Read(ref refused) > 0, "the store is asked");
        bed.SpoolControl.Before = _ => { };
        await bed.PassAsync(TimeSpan.FromMilliseconds(100), () => bed.Get<ActiveWindow>().InMemory == 1, "it is loaded");
    }

    [Fact]
    public async Task ParkAsync_store_is_away_keeps_the_mail_in_memory()
    {
        await using var bed = await StartAsync(ips: []);
        await bed.SubmitAsync("a@example.com");
        bed.SpoolControl.Before = method => { if (method == nameof(ISpool.ParkAsync)) { throw new StoreUnavailableException("away"); } };
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await bed.Get<QueueControl>().PauseAsync(null, "example.com", default));
        Assert.Equal((1, 1), (bed.Get<ActiveWindow>().InMemory, bed.Get<ReadyQueues>().All.Sum(q => q.Count)));
        bed.SpoolControl.Before = _ => { };
        await bed.PassAsync(TimeSpan.FromMilliseconds(100), () => bed.Get<ActiveWindow>().InMemory == 0, "it is parked later");
    }

    [Fact]
    public async Task Reserve_window_is_full_leaves_mail_in_the_store_and_everything_arrives_once()
    {
        await using var bed = await StartAsync(queue: new() { ActiveEnvelopes = 1000, ActivePerGroup = 400 }, ips: []);
        for (var i = 0; i < 1500; i++)
        {
            await bed.SubmitAsync($"{i}@{(i % 3 == 0 ? "one" : "other")}.example");
            Assert.InRange(bed.Get<ActiveWindow>().InMemory, 0, 1000);
        }

        await bed.AddIpAsync();
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => bed.Transport.Accepted.Count == 1500 && bed.Get<ActiveWindow>().InMemory == 0, "all is delivered");
        Assert.Equal(1500, bed.Transport.Accepted.Distinct().Count());
        Assert.Equal(0, (await bed.Spool.CountAsync(bed.Now)).Whole.Total);
    }

    [Fact]
    public async Task Reserve_older_mail_waits_keeps_the_order()
    {
        await using var bed = await StartAsync(queue: new() { ActiveEnvelopes = 1000, ActivePerGroup = 100 }, ips: [], sending: new() { ConnectionsPerSender = 1 });
        for (var i = 0; i < 300; i++)
        {
            await bed.SubmitAsync($"{i:000}@example.com");
            bed.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        await bed.AddIpAsync();
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => bed.Transport.Accepted.Count == 300, "all is delivered");
        Assert.Equal(Enumerable.Range(0, 300).Select(i => $"{i:000}@example.com"), bed.Transport.Accepted);
    }

    [Fact]
    public async Task ParkHeldAsync_mail_of_a_suspended_tenant_leaves_memory_and_returns_with_it()
    {
        await using var bed = await StartAsync(ips: []);
        await bed.SubmitAsync("a@example.com");
        await bed.SubmitAsync("other", bed.Message(["b@example.com"]));
        await bed.TenantGrain().SetStanding(Standing.Suspended, "a test");
        await bed.AddIpAsync();
        await bed.PassAsync(TimeSpan.FromMilliseconds(100), () => bed.Transport.Accepted.Count == 1 && bed.Get<ActiveWindow>().InMemory == 0, "the other's mail is out, the tenant's in the store");
        Assert.Equal(["b@example.com"], bed.Transport.Accepted);
        await bed.TenantGrain().SetStanding(Standing.Active, "a test");
        await bed.PassAsync(TimeSpan.FromMilliseconds(100), () => bed.Transport.Accepted.Count == 2, "the tenant's mail goes too");
    }

    [Fact]
    public async Task PauseAsync_begins_nothing_over_a_restart_until_resumed()
    {
        await using var first = await StartAsync();
        await first.Get<QueueControl>().PauseAsync(GridBed.Tenant, null, default);
        await first.SubmitAsync("a@example.com");
        await first.KillAsync();
        await using var second = await GridBed.StartAsync(first.Options);
        await second.SubmitAsync("b@example.com");
        second.Clock.Advance(TimeSpan.FromMinutes(1));
        await second.PassAsync(TimeSpan.FromMilliseconds(100), () => second.Get<ActiveWindow>().InMemory == 0, "nothing is in memory");
        Assert.Empty(second.Transport.Begun);
        await second.Get<QueueControl>().ResumeAsync(GridBed.Tenant, null, default);
        await second.PassAsync(TimeSpan.FromMilliseconds(100), () => second.Transport.Accepted.Count == 2, "both are delivered");
    }

    [Fact]
    public async Task CancelAsync_leaves_what_is_in_flight_and_ends_the_rest()
    {
        await using var bed = await StartAsync(sending: new() { ConnectionsPerSender = 1 });
        var reply = new TaskCompletionSource<ScriptedAnswer>();
        bed.Transport.Delivering = (_, _) => new(reply.Task);
        var flying = await bed.SubmitAsync("flying@example.com");
        await Until.Async(() => bed.Transport.Begun.Count == 1, "it is in flight");
        var waiting = await bed.SubmitAsync("waiting@example.com");
        var later = await bed.SubmitAsync(GridBed.Tenant, bed.Message(["later@example.com"], sendAt: bed.Now.AddHours(1)));
        Assert.Equal(2, await bed.Get<QueueControl>().CancelAsync(GridBed.Tenant, null, "operator", default));
        reply.SetResult(ScriptedAnswer.Accepts);
        await bed.EndsAsync(flying, OutcomeKind.Delivered);
        await bed.EndsAsync(waiting, OutcomeKind.Cancelled);
        await bed.EndsAsync(later, OutcomeKind.Cancelled);
        bed.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(["flying@example.com"], bed.Transport.Accepted);
    }

    [Fact]
    public async Task CancelMessageAsync_ends_one_message_only()
    {
        await using var bed = await StartAsync(ips: []);
        var one = await bed.SubmitAsync("a@example.com", "b@example.com");
        await bed.SubmitAsync("c@example.com");
        Assert.Equal(2, await bed.Get<QueueControl>().CancelMessageAsync(one, default));
        Assert.Equal(0, await bed.Get<QueueControl>().CancelMessageAsync(one, default));
        await Until.Async(() => bed.Get<ActiveWindow>().InMemory == 1, "the message is settled");
        Assert.Equal([OutcomeKind.Cancelled, OutcomeKind.Cancelled], await bed.HistoryAsync(one));
    }

    [Fact]
    public async Task Ended_termination_cancels_what_is_queued()
    {
        await using var bed = await StartAsync(ips: []);
        var id = await bed.SubmitAsync("a@example.com");
        await bed.TenantGrain().SetStanding(Standing.Terminated, "a test");
        await bed.EndsAsync(id, OutcomeKind.Cancelled);
    }

    [Fact]
    public async Task Unroutable_domain_without_a_route_is_deferred()
    {
        await using var bed = await StartAsync();
        bed.Get<ScriptedRouter>().Site = _ => null;
        var id = await bed.SubmitAsync("a@example.com");
        await bed.EndsAsync(id, OutcomeKind.Deferred);
        Assert.Equal("4.4.4", (await bed.Spool.FindAsync(id))!.History[0].Reply!.Enhanced);
    }

    private static async Task<GridBed> StartAsync(IReadOnlyList<string>? ips = null, QueueOptions? queue = null, Grid.Grains.Sending.SendingOptions? sending = null)
    {
        var bed = await GridBed.StartAsync(new() { Run = true, Ips = ips ?? [GridBed.Ip], Queue = queue ?? new(), Sending = sending ?? new() });
        await bed.PutTenantAsync();
        await bed.PutTenantAsync("other");
        return bed;
    }

    /// <summary>A message that is kept to wait in the store; with <paramref name="tell"/> the window learns of it.</summary>
    private static async Task<SpooledMessage> WaitInStoreAsync(GridBed bed, string address, DateTimeOffset? due = null, bool tell = true)
    {
        var submission = bed.Message([address]);
        var envelope = new Envelope
        {
            Key = new(submission.Id, 0),
            Tenant = GridBed.Tenant,
            Address = address,
            Domain = submission.Recipients[0].Domain,
            Pool = "default",
            AcceptedAt = bed.Now,
            DueAt = due ?? bed.Now,
            ExpiresAt = bed.Now.AddDays(5),
        };
        var message = new SpooledMessage { Id = submission.Id, Tenant = GridBed.Tenant, AcceptedAt = bed.Now, Body = submission.Body, Envelopes = [envelope] };
        await bed.Spool.AcceptAsync(new([message], ToMemory: false));
        if (tell)
        {
            bed.Get<ActiveWindow>().Accept([message], reserved: false);
        }

        return message;
    }
}
