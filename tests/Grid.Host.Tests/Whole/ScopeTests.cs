using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Grid.Host.Tests.Whole;

/// <summary>Standings narrower and wider than a tenant's: streams and campaigns, and tenants that belong to others.</summary>
public sealed class ScopeTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task Suspended_stream_is_refused_and_the_other_is_taken()
    {
        var key = await host.TenantAsync("streams");
        var set = await StateAsync("tenants/streams/scopes/stream/bulk", "suspended");
        Assert.Equal(("stream/bulk", "suspended", "operator"), (Text(set.Json["scopes"]![0]!, "scope"), Text(set.Json["scopes"]![0]!, "state"), Text(set.Json["scopes"]![0]!, "clause")));

        var refused = await PostAsync("streams", key, "bulk");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "operator"), (refused.Status, refused.Json["errors"]![0]!["clause"]!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("streams", key, "transactional")).Status);
        await StateAsync("tenants/streams/scopes/stream/bulk", "active");
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("streams", key, "bulk")).Status);
        var acts = (await host.CallAsync(HttpMethod.Get, "/v1/decisions?subject=tenant/streams")).Json["decisions"]!.AsArray();
        Assert.Equal(["reinstate-scope", "suspend-scope"], acts.Select(d => Text(d!, "action")).Where(a => a.EndsWith("-scope", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Suspended_campaigns_mail_is_seen_wherever_an_operator_or_its_tenant_looks_and_cancelled_with_the_rest()
    {
        var key = await host.TenantAsync("seen");
        await host.CallAsync(HttpMethod.Post, "/v1/queue/pause", new { tenant = "seen" });
        var ids = new List<string>();
        foreach (var campaign in (string?[])["spring", "spring", null])
        {
            ids.Add(Text((await PostAsync("seen", key, "bulk", campaign)).Json, "id"));
        }

        await StateAsync("tenants/seen/scopes/campaign/spring", "suspended");
        var spring = (await host.CallAsync(HttpMethod.Get, $"/v1/messages/{ids[0]}", key: key)).Json;
        Assert.Equal(("held", "held", "campaign/spring", "operator", "as the test has it"),
            (Text(spring, "state"), Text(spring["recipients"]![0]!, "state"), Text(spring["hold"]!, "scope"), Text(spring["hold"]!, "clause"), Text(spring["hold"]!, "reason")));
        var other = (await host.CallAsync(HttpMethod.Get, $"/v1/messages/{ids[2]}", key: key)).Json;
        Assert.Equal(("queued", null), (Text(other, "state"), other["hold"]));

        // Paused mail isn't read from the store; what of it is due, and suspended, is put aside when it is.
        await host.CallAsync(HttpMethod.Post, "/v1/queue/resume", new { tenant = "seen" });
        await SuspendedAsync("seen", 2);
        var queue = (await host.CallAsync(HttpMethod.Get, "/v1/queue")).Json;
        Assert.Equal(2, queue["suspended"]!.GetValue<long>());
        Assert.Equal(2, queue["byDomain"]!.AsArray().Single(d => Text(d!, "name") == "client.example")!["suspended"]!.GetValue<long>());

        Assert.Contains("grid_queue_recipients{state=\"suspended\"} 2\n", (await host.CallAsync(HttpMethod.Get, "/metrics")).Text, StringComparison.Ordinal);

        Assert.Equal(2, (await host.CallAsync(HttpMethod.Post, "/v1/queue/cancel", new { tenant = "seen", domain = "client.example" })).Json["recipients"]!.GetValue<long>());
        await SuspendedAsync("seen", 0);
        await StateAsync("tenants/seen/scopes/campaign/spring", "active");
        Assert.Equal("cancelled", Text((await host.CallAsync(HttpMethod.Get, $"/v1/messages/{ids[0]}", key: key)).Json, "state"));
    }

    [Fact]
    public async Task Clause_on_a_campaign_suspends_that_campaign_alone_and_both_authorities_have_a_say()
    {
        const string Policy = "policy: scoped\nextends: default\nclauses:\n  - id: bad-campaign\n    words: a campaign with such a link stops\n    subject: campaign\n    when: {finding: content.bad-link}\n    then: [suspend, case]\n";
        await host.CallAsync(HttpMethod.Put, "/v1/policies/scoped", new StringContent(Policy, Encoding.UTF8, "application/yaml"));
        await host.CallAsync(HttpMethod.Put, "/v1/tenants/campaigns", new { name = "campaigns", policy = "scoped", sendingDomains = new[] { "campaigns.example" } });
        var key = Text((await host.CallAsync(HttpMethod.Post, "/v1/tenants/campaigns/keys", new { })).Json, "key");

        var found = await host.CallAsync(HttpMethod.Post, "/v1/findings", new { subject = "tenant/campaigns", signal = "content.bad-link", evidence = "seen", campaign = "spring" });
        Assert.Equal((HttpStatusCode.Created, "active"), (found.Status, Text(found.Json, "state")));
        Assert.Equal("bad-campaign", (await PostAsync("campaigns", key, "bulk", "spring")).Json["errors"]![0]!["clause"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("campaigns", key, "bulk", "summer")).Status);

        await StateAsync("tenants/campaigns/scopes/campaign/spring", "suspended");
        var scope = Assert.Single((await host.CallAsync(HttpMethod.Get, "/v1/tenants/campaigns/scopes")).Json["scopes"]!.AsArray())!;
        Assert.Equal(("suspended", "suspended"), (Text(scope, "grid"), Text(scope, "operator")));
        await StateAsync("tenants/campaigns/scopes/campaign/spring", "active");
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("campaigns", key, "bulk", "spring")).Status);

        await host.CallAsync(HttpMethod.Post, "/v1/findings", new { subject = "tenant/campaigns", signal = "content.bad-link", evidence = "seen everywhere" });
        Assert.Equal("suspended", Text((await host.CallAsync(HttpMethod.Get, "/v1/tenants/campaigns")).Json, "state"));
    }

    [Fact]
    public async Task Wrong_scopes_are_refused_and_no_more_than_200_are_remembered()
    {
        await host.TenantAsync("full");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await StateAsync("tenants/full/scopes/stream/marketing", "suspended")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await StateAsync("tenants/full/scopes/campaign/x", "warned")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await StateAsync("tenants/nobody/scopes/campaign/x", "suspended")).Status);
        for (var i = 0; i < 200; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await StateAsync($"tenants/full/scopes/campaign/c{i}", "suspended")).Status);
        }

        Assert.Equal(HttpStatusCode.Conflict, (await StateAsync("tenants/full/scopes/campaign/another", "suspended")).Status);
        var report = new { subject = "tenant/full", signal = "content.bad-link", evidence = "seen", campaign = "another" };
        Assert.Equal(HttpStatusCode.Conflict, (await host.CallAsync(HttpMethod.Post, "/v1/findings", report)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.CallAsync(HttpMethod.Post, "/v1/findings", new { subject = "ip/192.0.2.9", signal = "content.bad-link", evidence = "seen", campaign = "x" })).Status);
    }

    [Fact]
    public async Task MU_10_a_suspended_reseller_stops_its_customers_and_theirs_and_may_stop_them_itself()
    {
        var (top, middle, low, other) = (await ChildAsync("mu10-top", null), await ChildAsync("mu10-middle", "mu10-top"), await ChildAsync("mu10-low", "mu10-middle"), await ChildAsync("mu10-other", null));
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("mu10-low", low, "bulk")).Status);

        await StateAsync("tenants/mu10-top", "suspended");
        foreach (var (tenant, key) in new[] { ("mu10-top", top), ("mu10-middle", middle), ("mu10-low", low) })
        {
            var refused = await PostAsync(tenant, key, "bulk");
            Assert.Equal((HttpStatusCode.Forbidden, "suspended"), (refused.Status, Text(refused.Json, "state")));
        }

        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("mu10-other", other, "bulk")).Status);
        var shown = (await host.CallAsync(HttpMethod.Get, "/v1/tenants/mu10-low")).Json;
        Assert.Equal(("suspended", "mu10-middle", "mu10-top"), (Text(shown, "state"), Text(shown, "parent"), Text(shown["heldBy"]!, "tenant")));
        Assert.Contains((await host.CallAsync(HttpMethod.Get, "/v1/decisions?subject=tenant/mu10-low")).Json["decisions"]!.AsArray(), d => Text(d!, "action") == "suspend-with-parent");
        await StateAsync("tenants/mu10-top", "active");
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("mu10-low", low, "bulk")).Status);

        Assert.Equal(HttpStatusCode.NotFound, (await StateAsync("children/mu10-other", "suspended", top)).Status);
        var held = await StateAsync("children/mu10-middle", "suspended", top);
        Assert.Equal(("suspended", "parent"), (Text(held.Json, "state"), Text(held.Json["heldBy"]!, "clause")));
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync("mu10-low", low, "bulk")).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("mu10-top", top, "bulk")).Status);
        var children = (await host.CallAsync(HttpMethod.Get, "/v1/children", key: top)).Json;
        Assert.Equal("mu10-middle", Text(Assert.Single(children["children"]!.AsArray())!, "id"));
        await StateAsync("children/mu10-middle", "active", top);
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("mu10-low", low, "bulk")).Status);
    }

    [Fact]
    public async Task Parent_that_is_none_or_below_is_refused()
    {
        await ChildAsync("line-a", null);
        await ChildAsync("line-b", "line-a");
        foreach (var (tenant, parent) in new[] { ("line-a", "line-a"), ("line-a", "line-b"), ("line-a", "nobody"), ("line-a", "No Name") })
        {
            var put = await host.CallAsync(HttpMethod.Put, $"/v1/tenants/{tenant}", new { name = tenant, parent, sendingDomains = new[] { "x.example" } });
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "parent"), (put.Status, put.Json["errors"]![0]!["field"]!.GetValue<string>()));
        }
    }

    /// <summary>Completes when so much of the tenant's mail is shown as suspended: it is put aside a little after it was.</summary>
    private Task SuspendedAsync(string tenant, long recipients) =>
        host.UntilAsync("/v1/queue", queue => (queue["byTenant"]!.AsArray().FirstOrDefault(share => Text(share!, "name") == tenant)?["suspended"]!.GetValue<long>() ?? 0) == recipients);

    private async Task<string> ChildAsync(string id, string? parent)
    {
        var put = await host.CallAsync(HttpMethod.Put, $"/v1/tenants/{id}", new { name = id, parent, sendingDomains = new[] { $"{id}.example" } });
        Assert.Equal(HttpStatusCode.Created, put.Status);
        return Text((await host.CallAsync(HttpMethod.Post, $"/v1/tenants/{id}/keys", new { })).Json, "key");
    }

    private Task<HostFixture.Reply> StateAsync(string path, string state, string? key = null) =>
        host.CallAsync(HttpMethod.Post, $"/v1/{path}/state", new { state, reason = "as the test has it" }, key ?? HostFixture.OperatorKey);

    private Task<HostFixture.Reply> PostAsync(string tenant, string key, string stream, string? campaign = null) =>
        host.CallAsync(HttpMethod.Post, "/v1/messages", new { from = $"news@{tenant}.example", to = new[] { "you@client.example" }, subject = "hello", text = "Hi", stream, campaign }, key);

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
