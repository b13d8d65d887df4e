using Grid.Core.Vocabulary;
using Grid.Grains.Queue;
using Grid.Grains.Tests.Beds;
using Grid.Testing;

namespace Grid.Grains.Tests.Queue;

/// <summary>What is known in memory of what waits in the store: bounded, however many domains there are, and nothing of it is forgotten.</summary>
public sealed class WaitingListTests
{
    private const int Most = 10;
    private const int Domains = 60;
    private static readonly SmtpReply Busy = new(451, "4.3.2", "try again later");

    [Fact]
    public async Task Restart_more_domains_than_the_list_holds_all_arrive_once_and_none_is_remembered()
    {
        await using var before = await StartAsync(ips: []);
        await SubmitAsync(before);
        await before.KillAsync();

        await using var after = await StartAsync(before.Options.Folder, before.Clock);
        await after.PassAsync(TimeSpan.FromMilliseconds(100), () => after.Transport.Accepted.Count == Domains && after.Get<ActiveWindow>().InMemory == 0, "all is delivered");
        Assert.Equal(Domains, after.Transport.Accepted.Distinct().Count());
        await after.PassAsync(TimeSpan.FromMilliseconds(100), () => after.Get<ActiveWindow>().KnownGroups == 0, "nothing is known any more");
    }

    [Fact]
    public async Task Settle_deferrals_of_more_domains_than_the_list_holds_come_back_when_they_are_due()
    {
        await using var bed = await StartAsync();
        bed.Transport.Delivering = (_, _) => new(ScriptedAnswer.Says(Busy));
        await SubmitAsync(bed);
        await bed.PassAsync(TimeSpan.FromMilliseconds(20), () => bed.Transport.Begun.Count == Domains && bed.Get<ActiveWindow>().InMemory == 0, "all is deferred");
        Assert.InRange(bed.Get<ActiveWindow>().KnownGroups, 1, Most);

        bed.Transport.Delivering = (_, _) => new(ScriptedAnswer.Accepts);
        bed.Clock.Advance(TimeSpan.FromMinutes(19));
        Assert.Equal(Domains, bed.Transport.Begun.Count);
        await bed.PassAsync(TimeSpan.FromSeconds(1), () => bed.Transport.Accepted.Count == Domains, "all is delivered");
        Assert.Equal(Domains, bed.Transport.Accepted.Distinct().Count());
    }

    [Fact]
    public async Task Paused_tenant_with_more_domains_than_the_list_holds_is_in_nobodys_way_and_goes_when_resumed()
    {
        await using var before = await StartAsync(ips: []);
        await before.Get<QueueControl>().PauseAsync(GridBed.Tenant, null, default);
        await SubmitAsync(before);
        before.Clock.Advance(TimeSpan.FromSeconds(1));
        await before.SubmitAsync("other", before.Message(["a@later.example", "b@latest.example"]));
        await before.KillAsync();

        await using var after = await StartAsync(before.Options.Folder, before.Clock);
        await after.PassAsync(TimeSpan.FromMilliseconds(100), () => after.Transport.Accepted.Count == 2 && after.Get<ActiveWindow>().InMemory == 0, "the other's mail is delivered");
        Assert.Equal(["a@later.example", "b@latest.example"], after.Transport.Accepted.Order());
        await after.Get<QueueControl>().ResumeAsync(GridBed.Tenant, null, default);
        await after.PassAsync(TimeSpan.FromMilliseconds(100), () => after.Transport.Accepted.Count == 2 + Domains, "the tenant's mail goes too");
    }

    [Fact]
    public async Task Suspended_tenant_with_more_domains_than_the_list_holds_goes_when_it_is_active_again()
    {
        await using var before = await StartAsync(ips: []);
        await SubmitAsync(before);
        await before.KillAsync();

        await using var after = await StartAsync(before.Options.Folder, before.Clock, ips: []);
        await after.TenantGrain().SetStanding(Standing.Suspended, "a test");
        await after.IpGrain().Put(new("default", "mail.example.net", null));
        await after.Get<Grid.Grains.Sending.PoolDirectory>().RefreshAsync(default);
        await after.SubmitAsync("other", after.Message(["a@later.example"]));
        await after.PassAsync(TimeSpan.FromMilliseconds(100), () => after.Transport.Accepted.Count == 1 && after.Get<ActiveWindow>().InMemory == 0, "the other's mail is out, the tenant's in the store");
        await after.TenantGrain().SetStanding(Standing.Active, "a test");
        await after.PassAsync(TimeSpan.FromMilliseconds(500), () => after.Transport.Accepted.Count == 1 + Domains, "the tenant's mail goes too");
    }

    [Fact]
    public async Task Cancelled_mail_that_waited_is_remembered_no_longer_than_it_would_have_waited()
    {
        await using var bed = await StartAsync();
        await bed.SubmitAsync(GridBed.Tenant, bed.Message(["a@example.com"], sendAt: bed.Now.AddHours(1)));
        await Until.Async(() => bed.Get<ActiveWindow>().KnownGroups == 1, "it is known");
        Assert.Equal(1, await bed.Get<QueueControl>().CancelAsync(GridBed.Tenant, null, "operator", default));
        await Until.Async(() => bed.Get<ActiveWindow>().InMemory == 0, "it is cancelled");
        bed.Clock.Advance(TimeSpan.FromHours(1));
        await bed.PassAsync(TimeSpan.FromSeconds(1), () => bed.Get<ActiveWindow>().KnownGroups == 0, "nothing is known any more");
    }

    private static async Task SubmitAsync(GridBed bed)
    {
        for (var i = 0; i < Domains; i++)
        {
            await bed.SubmitAsync($"{i}@domain-{i}.example");
        }
    }

    private static async Task<GridBed> StartAsync(string? folder = null, ManualClock? clock = null, IReadOnlyList<string>? ips = null)
    {
        var options = new BedOptions { Run = true, Clock = clock ?? new(), Ips = ips ?? [GridBed.Ip], Queue = new() { WaitingGroups = Most } };
        var bed = await GridBed.StartAsync(folder is null ? options : options with { Folder = folder });
        await bed.PutTenantAsync();
        await bed.PutTenantAsync("other");
        return bed;
    }
}
