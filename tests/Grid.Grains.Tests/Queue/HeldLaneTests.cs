using Grid.Contracts.Admission;
using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Enforcement;
using Grid.Grains.Ingress;
using Grid.Grains.Queue;
using Grid.Grains.Tests.Beds;
using Grid.Testing;

namespace Grid.Grains.Tests.Queue;

/// <summary>What of a tenant's mail is held while other mail of it goes, with the whole grid running on the real store.</summary>
public sealed class HeldLaneTests
{
    private static readonly SmtpReply Busy = new(451, "4.3.2", "try again later");
    private static readonly EnforcementPolicy Lane = EnforcementPolicy.Default with { Ladder = EnforcementPolicy.Default.Ladder with { TransactionalWhileSuspended = true } };

    [Fact]
    public async Task Suspended_tenants_transactional_mail_goes_and_its_bulk_mail_waits_for_reinstatement()
    {
        await using var bed = await StartAsync(ips: []);
        var ids = new List<MessageId>();
        for (var i = 0; i < 6; i++)
        {
            ids.Add(await SubmitAsync(bed, $"{i}@example.com", i % 2 == 0 ? MailStream.Bulk : MailStream.Transactional));
        }

        await SuspendAsync(bed);
        await bed.AddIpAsync();
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => bed.Transport.Accepted.Count == 3, "transactional mail goes");
        Assert.Equal("6@example.com", await DeliveredAsync(bed, "6@example.com", MailStream.Transactional));
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => bed.Get<ActiveWindow>().InMemory == 0, "held mail leaves the memory");
        Assert.Equal(["1@example.com", "3@example.com", "5@example.com", "6@example.com"], bed.Transport.Accepted.Order());
        Assert.Equal(3, (await bed.Spool.CountAsync(bed.Now)).Whole.Total);
        Assert.Equal([GridBed.Tenant], await bed.Spool.AsideAsync());

        await bed.TenantGrain().SetStanding(Standing.Active, "mended");
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => bed.Transport.Accepted.Count == 7, "bulk mail goes on");
        Assert.Equal(7, bed.Transport.Accepted.Distinct().Count());
        await EndsOnceAsync(bed, ids);
        Assert.Empty(await bed.Spool.AsideAsync());
    }

    [Fact]
    public async Task Suspended_tenants_bulk_mail_is_refused_at_intake_and_its_transactional_mail_is_taken()
    {
        await using var bed = await StartAsync(ips: []);
        await SuspendAsync(bed);
        var bulk = bed.Message(["a@example.com"]);
        var refused = Assert.IsType<IntakeResult.Refused>(await bed.Get<Intake>().AcceptAsync(GridBed.Tenant, [bulk], null, default));
        Assert.Equal(("suspended", "operator", Timeout.InfiniteTimeSpan), (refused.Refusal.State, refused.Refusal.Clause, refused.RetryAfter));

        var mixed = Assert.IsType<IntakeResult.Accepted>(await bed.Get<Intake>().AcceptAsync(GridBed.Tenant, [bed.Message(["b@example.com", "c@example.com"]), bed.Message(["d@example.com"], MailStream.Transactional)], null, default));
        Assert.Equal(["refused operator", "refused operator", "queued "], mixed.Messages.SelectMany(m => m.Recipients).Select(r => $"{r.Status} {r.Clause}"));
        Assert.Equal(1, (await bed.Spool.CountAsync(bed.Now)).Whole.Total);
        Assert.Null(await bed.Spool.FindAsync(mixed.Messages[0].Id));
    }

    [Fact]
    public async Task Refused_mail_uses_nothing_of_the_quota()
    {
        await using var bed = await StartAsync(ips: []);
        await bed.PutTenantAsync(limits: new(MessagesPerHour: 4));
        await SuspendAsync(bed);
        for (var i = 0; i < 3; i++)
        {
            Assert.IsType<IntakeResult.Refused>(await bed.Get<Intake>().AcceptAsync(GridBed.Tenant, [bed.Message(["a@example.com"])], null, default));
            Assert.IsType<IntakeResult.Accepted>(await bed.Get<Intake>().AcceptAsync(GridBed.Tenant, [bed.Message(["b@example.com"]), bed.Message([$"{i}@example.com"], MailStream.Transactional)], null, default));
        }

        await SubmitAsync(bed, "last@example.com", MailStream.Transactional);
        var throttled = Assert.IsType<IntakeResult.Refused>(await bed.Get<Intake>().AcceptAsync(GridBed.Tenant, [bed.Message(["c@example.com"], MailStream.Transactional)], null, default));
        Assert.Equal("throttled", throttled.Refusal.State);
    }

    [Theory]
    [InlineData("verdict.phishing")]
    [InlineData("content.malware")]
    [InlineData("verdict.fraud")]
    public async Task Nothing_goes_for_who_is_suspended_for_malware_phishing_or_fraud(string signal)
    {
        await using var bed = await StartAsync(ips: []);
        await SubmitAsync(bed, "a@example.com", MailStream.Transactional);
        await SuspendAsync(bed);
        Assert.Null(await bed.TenantGrain().May(Verb.SubmitTransactional));

        // Found out only while it is suspended.
        await bed.TenantGrain().Report(new("1", signal, bed.Now, "operator", "seen", null, null, null));
        Assert.NotNull(await bed.TenantGrain().May(Verb.SubmitTransactional));
        await bed.PutTenantAsync("other");
        await bed.AddIpAsync();
        await bed.SubmitAsync("other", bed.Message(["o@example.com"]));
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => bed.Transport.Accepted.Count == 1 && bed.Get<ActiveWindow>().InMemory == 0, "only the other's mail goes");
        Assert.Equal(["o@example.com"], bed.Transport.Accepted);
        Assert.IsType<IntakeResult.Refused>(await bed.Get<Intake>().AcceptAsync(GridBed.Tenant, [bed.Message(["b@example.com"], MailStream.Transactional)], null, default));
    }

    [Fact]
    public async Task Suspended_campaigns_mail_is_held_over_a_kill_and_goes_once_when_it_is_reinstated()
    {
        var first = await StartAsync(ips: []);
        for (var i = 0; i < 4; i++)
        {
            await SubmitAsync(first, $"spring{i}@example.com", MailStream.Bulk, "spring");
            await SubmitAsync(first, $"summer{i}@example.com", MailStream.Bulk, "summer");
            await SubmitAsync(first, $"none{i}@example.com", MailStream.Bulk);
        }

        await first.TenantGrain().SetScope("campaign/spring", Standing.Suspended, "a test");
        await first.AddIpAsync();
        await first.PassAsync(TimeSpan.FromMilliseconds(50), () => first.Transport.Accepted.Count == 8 && first.Get<ActiveWindow>().InMemory == 0, "all but the campaign's mail goes");
        Assert.DoesNotContain(first.Transport.Accepted, address => address.StartsWith("spring", StringComparison.Ordinal));
        await first.KillAsync();

        await using var second = await GridBed.StartAsync(first.Options with { Ips = [GridBed.Ip] });
        await SubmitAsync(second, "after@example.com", MailStream.Bulk, "summer");
        await second.PassAsync(TimeSpan.FromMilliseconds(50), () => second.Transport.Accepted.Count == 1 && second.Get<ActiveWindow>().InMemory == 0, "other mail goes");
        Assert.Equal(4, (await second.Spool.CountAsync(second.Now)).Whole.Total);

        await second.TenantGrain().SetScope("campaign/spring", Standing.Active, "mended");
        await second.PassAsync(TimeSpan.FromMilliseconds(50), () => second.Transport.Accepted.Count == 5, "the campaign goes on");
        Assert.Equal(["after@example.com", .. Enumerable.Range(0, 4).Select(i => $"spring{i}@example.com")], second.Transport.Accepted.Order());
        await second.PassAsync(TimeSpan.FromMilliseconds(50), () => second.Spool.CountAsync(second.Now).AsTask().GetAwaiter().GetResult().Whole.Total == 0, "nothing is left");
    }

    [Fact]
    public async Task Hold_that_ended_while_the_grid_was_down_lets_its_mail_go()
    {
        var first = await StartAsync(ips: []);
        await SubmitAsync(first, "a@example.com", MailStream.Bulk);
        await first.TenantGrain().SetScope("stream/bulk", Standing.Suspended, "a test");
        await first.AddIpAsync();
        await first.PassAsync(TimeSpan.FromMilliseconds(50), () => first.Get<ActiveWindow>().InMemory == 0, "it is put aside");
        await first.KillAsync();

        await using var second = await GridBed.StartAsync(first.Options with
        {
            Ips = [GridBed.Ip],
            Prepare = bed => bed.Get<IRegistry>().PutAsync(Registered.Scopes, GridBed.Tenant, Array.Empty<ScopeState>()).AsTask().GetAwaiter().GetResult(),
        });
        await second.PassAsync(TimeSpan.FromMilliseconds(50), () => second.Transport.Accepted.Count == 1, "it goes");
        Assert.Empty(await second.Spool.AsideAsync());
    }

    [Fact]
    public async Task Held_mail_that_is_deferred_when_the_hold_comes_waits_aside_and_other_mail_of_its_domain_is_not_behind_it()
    {
        await using var bed = await StartAsync(queue: new() { ActiveEnvelopes = 1000, ActivePerGroup = 400 });
        bed.Transport.Delivering = (_, _) => new(ScriptedAnswer.Says(Busy));
        for (var i = 0; i < 1200; i++)
        {
            await SubmitAsync(bed, $"{i}@example.com", MailStream.Bulk);
        }

        var urgent = await SubmitAsync(bed, "urgent@example.com", MailStream.Transactional);
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => bed.Spool.CountAsync(bed.Now).AsTask().GetAwaiter().GetResult().Whole.Deferred == 1201, "all is deferred");
        await SuspendAsync(bed);
        bed.Transport.Delivering = (_, _) => new(ScriptedAnswer.Accepts);
        bed.Clock.Advance(TimeSpan.FromMinutes(21));
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => bed.Transport.Accepted.Count == 1 && bed.Get<ActiveWindow>().InMemory == 0, "the transactional one goes");
        Assert.Equal(["urgent@example.com"], bed.Transport.Accepted);
        Assert.Equal([OutcomeKind.Deferred, OutcomeKind.Delivered], await bed.HistoryAsync(urgent));
        Assert.Equal(1200, (await bed.Spool.CountAsync(bed.Now)).Whole.Total);

        await bed.TenantGrain().SetStanding(Standing.Active, "mended");
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => bed.Transport.Accepted.Count == 1201, "bulk mail goes on");
        Assert.Equal(1201, bed.Transport.Accepted.Distinct().Count());
    }

    [Fact]
    public async Task Terminated_tenants_held_mail_is_cancelled()
    {
        await using var bed = await StartAsync(ips: []);
        var id = await SubmitAsync(bed, "a@example.com", MailStream.Bulk);
        await bed.TenantGrain().SetScope("stream/bulk", Standing.Suspended, "a test");
        await bed.AddIpAsync();
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => bed.Get<ActiveWindow>().InMemory == 0, "it is put aside");
        await bed.TenantGrain().SetStanding(Standing.Terminated, "a test");
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => bed.HistoryAsync(id).GetAwaiter().GetResult().Any(), "it ends");
        Assert.Equal([OutcomeKind.Cancelled], await bed.HistoryAsync(id));
        Assert.Empty(bed.Transport.Accepted);
    }

    [Fact]
    public async Task Queue_shows_what_is_suspended_exactly_over_a_kill_and_neither_flush_nor_pause_touches_it()
    {
        var first = await StartAsync();
        first.Transport.Delivering = (_, _) => new(ScriptedAnswer.Says(Busy));
        foreach (var address in (string[])["a@example.com", "b@example.com", "c@example.org"])
        {
            await SubmitAsync(first, address, MailStream.Bulk, "spring");
        }

        await SubmitAsync(first, "d@example.com", MailStream.Bulk);
        await first.PassAsync(TimeSpan.FromMilliseconds(50), () => Summary(first).Deferred == 4, "all is deferred");
        await first.TenantGrain().SetScope("campaign/spring", Standing.Suspended, "a test");
        first.Clock.Advance(TimeSpan.FromMinutes(21));
        await first.PassAsync(TimeSpan.FromMilliseconds(50), () => Summary(first) is { Suspended: 3, InFlight: 0, Deferred: 1 }, "what is suspended is put aside");
        AssertSuspended(first);
        await first.KillAsync();

        await using var second = await GridBed.StartAsync(first.Options);
        AssertSuspended(second);
        await second.Get<QueueControl>().PauseAsync(GridBed.Tenant, null, default);
        Assert.Equal(1, await second.Get<QueueControl>().FlushAsync(GridBed.Tenant, null, default));
        await second.PassAsync(TimeSpan.FromMilliseconds(50), () => Summary(second) is { Suspended: 3, Ready: 1 }, "only other mail is due");
        await second.TenantGrain().SetScope("campaign/spring", Standing.Active, "mended");
        await second.PassAsync(TimeSpan.FromMilliseconds(50), () => Summary(second) is { Suspended: 0, Ready: 4 }, "it waits as other mail does");
        Assert.Empty(second.Transport.Accepted);
        await second.Get<QueueControl>().ResumeAsync(GridBed.Tenant, null, default);
        await second.PassAsync(TimeSpan.FromMilliseconds(50), () => second.Transport.Accepted.Count == 4, "all of it goes");
        await second.PassAsync(TimeSpan.FromMilliseconds(50), () => Summary(second) is { Total: 0, Suspended: 0 }, "nothing is left");

        static void AssertSuspended(GridBed bed)
        {
            var summary = Summary(bed);
            Assert.Equal((4L, 3L, 1L), (summary.Total, summary.Suspended, summary.Ready + summary.Deferred));
            Assert.Equal([("example.com", 3L, 2L), ("example.org", 1L, 1L)], summary.ByDomain.Select(share => (share.Name, share.Total, share.Suspended)));
            Assert.Equal([(GridBed.Tenant, 4L, 3L)], summary.ByTenant.Select(share => (share.Name, share.Total, share.Suspended)));
        }
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task Cancel_takes_what_is_suspended_too_once(bool byTenant, bool byDomain)
    {
        await using var bed = await StartAsync(ips: []);
        var ids = new[] { await SubmitAsync(bed, "a@example.com", MailStream.Bulk, "spring"), await SubmitAsync(bed, "b@example.com", MailStream.Bulk, "spring") };
        var elsewhere = await SubmitAsync(bed, "c@example.org", MailStream.Bulk, "spring");
        await bed.TenantGrain().SetScope("campaign/spring", Standing.Suspended, "a test");
        await bed.AddIpAsync();
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => Summary(bed).Suspended == 3, "it is put aside");

        var cancelled = await bed.Get<QueueControl>().CancelAsync(byTenant ? GridBed.Tenant : null, byDomain ? "example.com" : null, "operator", default);
        Assert.Equal(byDomain ? 2 : 3, cancelled);
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => Summary(bed).Total == (byDomain ? 1 : 0), "it ends");
        Assert.Equal(byDomain ? 1 : 0, await bed.Get<QueueControl>().CancelMessageAsync(elsewhere, default));
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => Summary(bed) is { Total: 0, Suspended: 0 }, "nothing is left");
        await bed.TenantGrain().SetScope("campaign/spring", Standing.Active, "mended");
        Assert.Equal("after@example.com", await DeliveredAsync(bed, "after@example.com", MailStream.Bulk));
        foreach (var id in ids.Append(elsewhere))
        {
            Assert.Equal([OutcomeKind.Cancelled], await bed.HistoryAsync(id));
        }
    }

    [Fact]
    public async Task Scopes_come_and_go_one_after_the_other_and_only_what_is_suspended_is_held()
    {
        await using var bed = await StartAsync(ips: []);
        foreach (var campaign in (string[])["a", "b", "c"])
        {
            await SubmitAsync(bed, campaign + "@example.com", MailStream.Bulk, campaign);
        }

        await bed.TenantGrain().SetScope("campaign/a", Standing.Suspended, "a test");
        await bed.TenantGrain().SetScope("campaign/b", Standing.Suspended, "a test");
        await bed.AddIpAsync();
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => bed.Transport.Accepted.Count == 1 && bed.Get<ActiveWindow>().InMemory == 0, "one goes");
        await bed.TenantGrain().SetScope("campaign/b", Standing.Active, "mended");
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => bed.Transport.Accepted.Count == 2, "the second goes");
        await bed.TenantGrain().SetScope("stream/bulk", Standing.Suspended, "a test");
        await bed.TenantGrain().SetScope("campaign/a", Standing.Active, "mended");
        await SubmitAsync(bed, "urgent@example.com", MailStream.Transactional);
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => bed.Transport.Accepted.Count == 3, "transactional mail goes");
        await bed.TenantGrain().SetScope("stream/bulk", Standing.Active, "mended");
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => bed.Transport.Accepted.Count == 4, "the last goes");
        Assert.Equal(["c@example.com", "b@example.com", "urgent@example.com", "a@example.com"], bed.Transport.Accepted);
    }

    [Fact]
    public async Task Store_is_away_when_held_mail_is_put_aside_keeps_it_in_memory()
    {
        await using var bed = await StartAsync(ips: []);
        await SubmitAsync(bed, "a@example.com", MailStream.Bulk);
        await bed.TenantGrain().SetScope("stream/bulk", Standing.Suspended, "a test");
        var refused = 0;
        bed.SpoolControl.Before = method =>
        {
            if (method == nameof(ISpool.PutAsideAsync))
            {
                Interlocked.Increment(ref refused);
                throw new StoreUnavailableException("away");
            }
        };
        await bed.AddIpAsync();
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => Volatile.Read(ref refused) > 1, "the store is asked");
        Assert.Equal(1, bed.Get<ActiveWindow>().InMemory);
        await bed.TenantGrain().SetScope("stream/bulk", Standing.Active, "mended");
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => bed.Transport.Accepted.Count == 1, "it goes");
    }

    private static async Task<GridBed> StartAsync(IReadOnlyList<string>? ips = null, QueueOptions? queue = null)
    {
        var bed = await GridBed.StartAsync(new() { Run = true, Ips = ips ?? [GridBed.Ip], Queue = queue ?? new(), Policy = Lane });
        await bed.PutTenantAsync();
        return bed;
    }

    private static async Task SuspendAsync(GridBed bed) => Assert.Null((await bed.TenantGrain().SetStanding(Standing.Suspended, "a test")).Refused);

    private static QueueSummary Summary(GridBed bed) => bed.Get<QueueControl>().SummaryAsync(default).AsTask().GetAwaiter().GetResult();

    private static Task<MessageId> SubmitAsync(GridBed bed, string address, MailStream stream, string? campaign = null) =>
        bed.SubmitAsync(GridBed.Tenant, bed.Message([address], stream) with { Campaign = campaign });

    private static async Task<string> DeliveredAsync(GridBed bed, string address, MailStream stream)
    {
        var id = await SubmitAsync(bed, address, stream);
        await bed.EndsAsync(id, OutcomeKind.Delivered);
        return (await bed.Spool.FindAsync(id))!.History[0].Address;
    }

    private static async Task EndsOnceAsync(GridBed bed, IEnumerable<MessageId> ids)
    {
        foreach (var id in ids)
        {
            await bed.EndsAsync(id, OutcomeKind.Delivered);
            Assert.Single(await bed.HistoryAsync(id));
        }
    }
}
