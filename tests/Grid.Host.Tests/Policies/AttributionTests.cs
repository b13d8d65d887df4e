using System.Net;
using Grid.Core.Vocabulary;
using Grid.Host.Tests.Whole;
using static Grid.Host.Tests.Policies.ClauseScene;

namespace Grid.Host.Tests.Policies;

/// <summary>A shared sending IP that receivers turn against: rested, laid to those whose mail it was, and the worst of them moved apart.</summary>
public sealed class AttributionTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly ClauseScene _scene = new(host);

    [Fact]
    public async Task MU_23_MU_24_damage_is_laid_to_tenants_by_share_and_the_worst_is_moved_while_the_others_go_on()
    {
        const string Shared = "127.20.0.1", Apart = "127.20.0.2";
        await _scene.IpAsync(Shared, "default", "shared");
        await _scene.IpAsync(Apart, "default", "quarantine");
        var good = await _scene.TenantAsync("harm-good", "mailsequence", "shared");
        var bad = await _scene.TenantAsync("harm-bad", "mailup", "shared");
        await _scene.TenantAsync("harm-little", "mailup", "shared");
        await _scene.HistoryAsync("harm-little", 99, blocks: 1, ip: Shared);
        await _scene.HistoryAsync("harm-good", 96, blocks: 4, ip: Shared);
        Assert.Equal("active", (await _scene.StandingAsync(Subject.Ip(Shared))).State);

        await _scene.HistoryAsync("harm-bad", 85, blocks: 15, ip: Shared);
        await UntilAsync("tenant/harm-bad", "quarantine");

        Assert.Equal("suspended", (await _scene.StandingAsync(Subject.Ip(Shared))).State);
        Assert.Equal([("tenant.damage", 0.75m), ("tenant.worst-contributor", 0.75m)], await FindingsAsync("harm-bad"));
        Assert.Equal([("tenant.damage", 0.2m)], await FindingsAsync("harm-good"));
        Assert.Empty(await FindingsAsync("harm-little"));
        Assert.Equal(["MU-24"], (await _scene.StandingAsync(Subject.Tenant("harm-bad"))).Decisions.Select(d => Text(d, "clause")));
        Assert.Equal(["MS-66"], (await _scene.StandingAsync(Subject.Tenant("harm-good"))).Decisions.Select(d => Text(d, "clause")));

        var shown = await _scene.GetAsync("/v1/tenants/harm-bad");
        Assert.Equal(("quarantine", "shared", "active"), (Text(shown, "pool"), Text(shown, "homePool"), Text(shown, "state")));
        Assert.Equal("shared", Text(await _scene.GetAsync("/v1/tenants/harm-good"), "pool"));
        Assert.Equal(HttpStatusCode.Accepted, (await _scene.PostAsync("harm-bad", bad, to: "ann@harm-r.example")).Status);
        await _scene.CountedAsync($"/v1/ips/{Apart}", "delivered", 1);
        Assert.Equal(HttpStatusCode.Accepted, (await _scene.PostAsync("harm-good", good)).Status);

        await host.RestartAsync();
        Assert.Equal(2, (await FindingsAsync("harm-bad")).Count);
        Assert.Equal("quarantine", Text(await _scene.GetAsync("/v1/tenants/harm-bad"), "pool"));
    }

    [Fact]
    public async Task Only_one_on_an_ip_gets_the_finding_and_stays_where_it_is()
    {
        await _scene.IpAsync("127.20.1.1", "default", "alone");
        await _scene.TenantAsync("harm-alone", "mailup", "alone");
        await _scene.HistoryAsync("harm-alone", 90, blocks: 10, ip: "127.20.1.1");
        await UntilAsync("tenant/harm-alone", "tenant.damage");
        Assert.Equal([("tenant.damage", 1m)], await FindingsAsync("harm-alone"));
        Assert.Equal("alone", Text(await _scene.GetAsync("/v1/tenants/harm-alone"), "pool"));
    }

    private async Task<List<(string, decimal)>> FindingsAsync(string tenant) =>
        [.. (await _scene.GetAsync($"/v1/decisions?subject=tenant/{tenant}"))["decisions"]!.AsArray().Where(d => Text(d!, "kind") == "finding")
            .Select(d => (Text(d!, "action"), d!["figures"]!["value"]!.GetValue<decimal>())).OrderBy(d => d.Item1)];

    private Task UntilAsync(string subject, string action) =>
        host.UntilAsync($"/v1/decisions?subject={subject}", answer => answer["decisions"]!.AsArray().Any(d => Text(d!, "action") == action));
}
