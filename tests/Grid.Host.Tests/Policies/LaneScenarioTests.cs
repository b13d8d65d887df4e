using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Grid.Host.Tests.Whole;

namespace Grid.Host.Tests.Policies;

/// <summary>Mail of a suspended tenant, stream or campaign, queued and new, over the real API: what may go goes, and the rest waits until it may.</summary>
public sealed class LaneScenarioTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task Suspended_tenants_transactional_mail_is_taken_and_delivered_where_its_policy_lets_it_and_bulk_mail_waits()
    {
        var key = await TenantAsync("lane-a", await PolicyAsync("laned", true));
        await PauseAsync("lane-a", true);
        var (bulk, urgent) = (await SendAsync("lane-a", key, "bulk"), await SendAsync("lane-a", key, "transactional"));
        await StateAsync("tenants/lane-a", "suspended");
        await PauseAsync("lane-a", false);
        await DeliveredAsync(key, urgent);
        await DeliveredAsync(key, await SendAsync("lane-a", key, "transactional"));

        var refused = await PostAsync("lane-a", key, "bulk");
        Assert.Equal((HttpStatusCode.Forbidden, "suspended", "operator"), (refused.Status, Text(refused.Json, "state"), Text(refused.Json, "clause")));
        Assert.Contains(await ChecksAsync("lane-a", key, "bulk"), finding => Text(finding!, "field") == "tenant");
        Assert.Empty(await ChecksAsync("lane-a", key, "transactional"));
        var batch = await host.CallAsync(HttpMethod.Post, "/v1/messages/batch", new { messages = new[] { Message("lane-a", "bulk"), Message("lane-a", "transactional") } }, key);
        Assert.Equal(["refused", "queued"], batch.Json["results"]!.AsArray().Select(result => Text(result!["recipients"]![0]!, "status")));
        await DeliveredAsync(key, Text(batch.Json["results"]![1]!, "id"));
        Assert.Equal("held", await StateOfAsync(key, bulk));
        Assert.Equal("stream/bulk", Text((await host.CallAsync(HttpMethod.Get, "/v1/messages/" + bulk, key: key)).Json["hold"]!, "scope"));

        await StateAsync("tenants/lane-a", "active");
        await DeliveredAsync(key, bulk);
        Assert.Equal(1, (await host.CallAsync(HttpMethod.Get, "/v1/messages/" + bulk, key: key)).Json["recipients"]![0]!["attempts"]!.GetValue<int>());
    }

    [Fact]
    public async Task Pushed_policy_opens_and_closes_the_lane_of_who_is_suspended_already()
    {
        var key = await TenantAsync("lane-b", await PolicyAsync("switched", false));
        await PauseAsync("lane-b", true);
        var (bulk, urgent) = (await SendAsync("lane-b", key, "bulk"), await SendAsync("lane-b", key, "transactional"));
        await StateAsync("tenants/lane-b", "suspended");
        await PauseAsync("lane-b", false);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync("lane-b", key, "transactional")).Status);

        await PolicyAsync("switched", true);
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("lane-b", key, "transactional")).Status);
        await DeliveredAsync(key, urgent);

        await PolicyAsync("switched", false);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync("lane-b", key, "transactional")).Status);
        Assert.Equal("queued", await StateOfAsync(key, bulk));
        Assert.Equal("tenant", Text((await host.CallAsync(HttpMethod.Get, "/v1/messages/" + bulk, key: key)).Json["hold"]!, "scope"));
        await StateAsync("tenants/lane-b", "terminated");
        await StateAsync(key, bulk, "cancelled");
    }

    [Fact]
    public async Task Lane_is_closed_to_who_is_found_to_phish_while_suspended()
    {
        var key = await TenantAsync("lane-c", await PolicyAsync("laned", true));
        await StateAsync("tenants/lane-c", "suspended");
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("lane-c", key, "transactional")).Status);
        var found = await host.CallAsync(HttpMethod.Post, "/v1/findings", new { subject = "tenant/lane-c", signal = "verdict.phishing", evidence = "a copy of a bank's page" });
        Assert.Equal(HttpStatusCode.Created, found.Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync("lane-c", key, "transactional")).Status);
    }

    [Theory]
    [InlineData("stream/bulk")]
    [InlineData("campaign/spring")]
    public async Task Suspended_streams_and_campaigns_queued_mail_waits_while_the_rest_goes(string scope)
    {
        var tenant = "lane-" + scope[..scope.IndexOf('/', StringComparison.Ordinal)];
        var key = await TenantAsync(tenant, "default");
        await PauseAsync(tenant, true);
        var (held, other) = (await SendAsync(tenant, key, "bulk", "spring"), await SendAsync(tenant, key, "transactional", "summer"));
        await StateAsync($"tenants/{tenant}/scopes/{scope}", "suspended");
        await PauseAsync(tenant, false);
        await DeliveredAsync(key, other);
        await DeliveredAsync(key, await SendAsync(tenant, key, "transactional"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(tenant, key, "bulk", "spring")).Status);
        Assert.Equal("held", await StateOfAsync(key, held));
        Assert.Equal(scope, Text((await host.CallAsync(HttpMethod.Get, "/v1/messages/" + held, key: key)).Json["hold"]!, "scope"));

        await StateAsync($"tenants/{tenant}/scopes/{scope}", "active");
        await DeliveredAsync(key, held);
    }

    private async Task<string> PolicyAsync(string name, bool lane)
    {
        var text = $"policy: {name}\nextends: default\nparameters: {{ladder: {{transactionalWhileSuspended: {(lane ? "true" : "false")}}}}}\n";
        var put = await host.CallAsync(HttpMethod.Put, "/v1/policies/" + name, new StringContent(text, Encoding.UTF8, "application/yaml"));
        Assert.True(put.Status is HttpStatusCode.OK or HttpStatusCode.Created, put.Text);
        return name;
    }

    private async Task<string> TenantAsync(string id, string policy) => await host.TenantAsync(id, policy: policy);

    private Task PauseAsync(string tenant, bool pause) => host.CallAsync(HttpMethod.Post, "/v1/queue/" + (pause ? "pause" : "resume"), new { tenant });

    private async Task StateAsync(string subject, string state) =>
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Post, $"/v1/{subject}/state", new { state, reason = "as the scenario has it" })).Status);

    private async Task<JsonArray> ChecksAsync(string tenant, string key, string stream) =>
        (await host.CallAsync(HttpMethod.Post, "/v1/messages/check", Message(tenant, stream), key)).Json["findings"]!.AsArray();

    private async Task<string> SendAsync(string tenant, string key, string stream, string? campaign = null)
    {
        var posted = await PostAsync(tenant, key, stream, campaign);
        Assert.True(posted.Status == HttpStatusCode.Accepted, posted.Text);
        return Text(posted.Json, "id");
    }

    private Task<HostFixture.Reply> PostAsync(string tenant, string key, string stream, string? campaign = null) => host.CallAsync(HttpMethod.Post, "/v1/messages", Message(tenant, stream, campaign), key);

    private static object Message(string tenant, string stream, string? campaign = null) =>
        new { from = $"news@{tenant}.example", to = new[] { "you@client.example" }, subject = "hello", text = "Hi\n\n1 Main St, 12345 Town\n", stream, campaign };

    private async Task<string> StateOfAsync(string key, string id) => Text((await host.CallAsync(HttpMethod.Get, "/v1/messages/" + id, key: key)).Json, "state");

    private Task DeliveredAsync(string key, string id) => StateAsync(key, id, "delivered");

    private Task StateAsync(string key, string id, string state) => host.UntilAsync("/v1/messages/" + id, message => Text(message, "state") == state, key);

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
