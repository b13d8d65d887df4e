using System.Net;
using System.Text.Json.Nodes;

namespace Grid.Host.Tests.Whole;

/// <summary>One tenant's and one domain's part of the queue, over the real API.</summary>
public sealed class QueueShareTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task Queue_of_one_tenant_and_one_domain_is_that_alone_and_billing_has_the_same()
    {
        await QueuedAsync("apart", "a@apart-one.example", "b@apart-one.example", "c@apart-two.example");
        await QueuedAsync("beside", "a@apart-one.example");

        var tenant = await QueueAsync("?tenant=apart");
        Assert.Equal((3L, 0, "apart", 3L, true), (Number(tenant, "total"), tenant["byDomain"]!.AsArray().Count, Share(tenant, "byTenant")["name"]!.GetValue<string>(), Number(Share(tenant, "byTenant"), "total"), Share(tenant, "byTenant")["paused"]!.GetValue<bool>()));
        var domain = await QueueAsync("?domain=Apart-One.example");
        Assert.Equal((3L, 0, "apart-one.example", 3L), (Number(domain, "total"), domain["byTenant"]!.AsArray().Count, Share(domain, "byDomain")["name"]!.GetValue<string>(), Number(Share(domain, "byDomain"), "total")));
        Assert.Equal(2, Number(await QueueAsync("?tenant=apart&domain=apart-one.example"), "total"));
        Assert.Equal(0, Number(await QueueAsync("?tenant=nobody"), "total"));
        Assert.Equal(3, Number((await host.CallAsync(HttpMethod.Get, "/v1/tenants/apart/billing")).Json["usage"]!, "queued"));

        Assert.Equal(2, Number((await host.CallAsync(HttpMethod.Post, "/v1/queue/cancel", new { tenant = "apart", domain = "apart-one.example" })).Json, "recipients"));
        await host.RestartAsync();
        Assert.Equal(1, Number(await QueueAsync("?tenant=apart"), "total"));
        Assert.Equal(1, Number((await host.CallAsync(HttpMethod.Get, "/v1/tenants/apart/billing")).Json["usage"]!, "queued"));
    }

    [Theory]
    [InlineData("?tenant=No%20Name", "tenant")]
    [InlineData("?tenant=", "tenant")]
    [InlineData("?domain=not_a_domain..", "domain")]
    public async Task Queue_of_what_is_no_name_is_refused(string query, string field)
    {
        var refused = await host.CallAsync(HttpMethod.Get, "/v1/queue" + query);
        Assert.Equal((HttpStatusCode.BadRequest, field), (refused.Status, refused.Json["errors"]![0]!["field"]!.GetValue<string>()));
    }

    private async Task QueuedAsync(string tenant, params string[] to)
    {
        var key = await host.TenantAsync(tenant);
        await host.CallAsync(HttpMethod.Post, "/v1/queue/pause", new { tenant });
        var taken = await host.CallAsync(HttpMethod.Post, "/v1/messages", new { from = $"news@{tenant}.example", to, subject = "hello", text = "Hi", stream = "bulk" }, key);
        Assert.Equal(HttpStatusCode.Accepted, taken.Status);
    }

    private async Task<JsonNode> QueueAsync(string query) => (await host.CallAsync(HttpMethod.Get, "/v1/queue" + query)).Json;

    private static JsonNode Share(JsonNode queue, string shares) => Assert.Single(queue[shares]!.AsArray())!;

    private static long Number(JsonNode node, string name) => node[name]!.GetValue<long>();
}
