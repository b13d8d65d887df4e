using System.Net;
using System.Text.Json.Nodes;

namespace Grid.Host.Tests.Whole;

public sealed class SimulatorTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task Simulated_complaint_is_told_like_a_real_one_and_counts_nowhere()
    {
        var key = await host.TenantAsync("simulates");
        var sent = await host.CallAsync(HttpMethod.Post, "/v1/messages", Message("simulates", "complaint+a@simulator.grid.test"), key);

        Assert.Equal("complained", await StateAsync(sent.Json["id"]!.GetValue<string>(), key, "complained"));
        var tenant = (await host.CallAsync(HttpMethod.Get, "/v1/tenants/simulates")).Json;
        Assert.Equal((0, 0), (tenant["counters"]!["delivered"]!.GetValue<int>(), tenant["counters"]!["complaints"]!.GetValue<int>()));
        Assert.Empty((await host.CallAsync(HttpMethod.Get, "/v1/suppressions", key: key)).Json["suppressions"]!.AsArray());
    }

    [Fact]
    public async Task Sandboxed_tenant_sends_nothing_and_is_shown_as_such()
    {
        var key = await host.TenantAsync("boxed");
        var put = await host.CallAsync(HttpMethod.Put, "/v1/tenants/boxed", new { name = "Boxed", sendingDomains = new[] { "boxed.example" }, sandbox = true });
        Assert.True(put.Json["sandbox"]!.GetValue<bool>());

        var sent = await host.CallAsync(HttpMethod.Post, "/v1/messages", Message("boxed", "real@client.example"), key);

        Assert.Equal("delivered", await StateAsync(sent.Json["id"]!.GetValue<string>(), key, "delivered"));
        var message = (await host.CallAsync(HttpMethod.Get, $"/v1/messages/{sent.Json["id"]!.GetValue<string>()}", key: key)).Json;
        Assert.Contains("sandbox", message["recipients"]![0]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(0, (await host.CallAsync(HttpMethod.Get, "/v1/tenants/boxed")).Json["counters"]!["delivered"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("/v1/tenants/named-so")]
    [InlineData("/v1/ips/192.0.2.77")]
    public async Task Pool_of_the_sandbox_is_not_to_be_had(string path)
    {
        var answer = await host.CallAsync(HttpMethod.Put, path, path.Contains("tenants", StringComparison.Ordinal)
            ? new { name = "X", pool = "sandbox", sendingDomains = new[] { "x.example" } }
            : new { pool = "sandbox" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal("pool", answer.Json["errors"]![0]!["field"]!.GetValue<string>());
    }

    private static object Message(string tenant, string to) => new { from = $"a@{tenant}.example", to = new[] { to }, subject = "Trying", text = "Hello\n", stream = "transactional" };

    private async Task<string> StateAsync(string id, string key, string until) => State(await host.UntilAsync($"/v1/messages/{id}", message => State(message) == until, key));

    private static string State(JsonNode message) => message["recipients"]![0]!["state"]!.GetValue<string>();
}
