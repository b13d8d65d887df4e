using System.Net;
using System.Text.Json.Nodes;

namespace Grid.Host.Tests.Whole;

public sealed class WarmupApiTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task Warm_up_is_put_with_an_ip_and_shows_todays_allowance()
    {
        var put = await host.CallAsync(HttpMethod.Put, "/v1/ips/192.0.2.1", new { pool = "cold", warmup = new { } });
        Assert.Equal((HttpStatusCode.Created, "standard", 1, 26, false), (
            put.Status, Text(put.Json["warmup"]!, "plan"), Number(put.Json["warmup"]!, "day"), Number(put.Json["warmup"]!, "days"), put.Json["warmup"]!["warm"]!.GetValue<bool>()));
        Assert.Equal((480, 240, 0), (Number(put.Json["warmup"]!["allowance"]!, "perIp"), Number(put.Json["warmup"]!["allowance"]!, "perSite"), Number(put.Json["warmup"]!, "used")));

        var earlier = DateTime.UtcNow.AddDays(-26).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var warm = await host.CallAsync(HttpMethod.Put, "/v1/ips/192.0.2.1", new { pool = "cold", warmup = new { startedOn = earlier, plan = "standard" } });
        Assert.Equal((earlier, true, false), (Text(warm.Json["warmup"]!, "startedOn"), warm.Json["warmup"]!["warm"]!.GetValue<bool>(), warm.Json["warmup"]!.AsObject().ContainsKey("allowance")));
        var without = await host.CallAsync(HttpMethod.Put, "/v1/ips/192.0.2.1", new { pool = "cold" });
        Assert.False(without.Json.AsObject().ContainsKey("warmup"));
    }

    [Fact]
    public async Task Plan_of_ones_own_is_put_and_in_force_at_once()
    {
        var put = await host.CallAsync(HttpMethod.Put, "/v1/warmup-plans/slow", new { days = new object[] { new { perIp = 10 }, new { perIp = 20, perSite = 5 } } });
        Assert.Equal((HttpStatusCode.OK, 5, 5), (put.Status, Number(put.Json["days"]![0]!, "perSite"), Number(put.Json["days"]![1]!, "perSite")));
        await host.CallAsync(HttpMethod.Put, "/v1/ips/192.0.2.2", new { pool = "cold", warmup = new { plan = "slow" } });
        await host.CallAsync(HttpMethod.Put, "/v1/warmup-plans/slow", new { days = new object[] { new { perIp = 30 } } });
        Assert.Equal(30, Number((await host.CallAsync(HttpMethod.Get, "/v1/ips/192.0.2.2")).Json["warmup"]!["allowance"]!, "perIp"));
        Assert.Equal(["gentle", "slow", "standard"], (await host.CallAsync(HttpMethod.Get, "/v1/warmup-plans")).Json["plans"]!.AsArray().Select(plan => Text(plan!, "name")));
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Get, "/v1/warmup-plans/none")).Status);
    }

    [Theory]
    [InlineData("{\"warmup\":{\"plan\":\"none\"}}", "warmup.plan")]
    [InlineData("{\"warmup\":{\"startedOn\":\"yesterday\"}}", "warmup.startedOn")]
    [InlineData("{\"warmup\":{\"startedOn\":\"2020-01-01\"}}", "warmup.startedOn")]
    public async Task Wrong_warm_up_is_refused_by_field(string body, string field)
    {
        var answer = await host.CallAsync(HttpMethod.Put, "/v1/ips/192.0.2.3", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, field), (answer.Status, Text(answer.Json["errors"]![0]!, "field")));
    }

    [Theory]
    [InlineData("{}", "days")]
    [InlineData("{\"days\":[null]}", "days[0].perIp")]
    [InlineData("{\"days\":[{\"perIp\":5,\"perSite\":6}]}", "days[0].perSite")]
    public async Task Wrong_plan_is_refused_by_field(string body, string field)
    {
        var answer = await host.CallAsync(HttpMethod.Put, "/v1/warmup-plans/wrong", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, field), (answer.Status, Text(answer.Json["errors"]![0]!, "field")));
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static int Number(JsonNode node, string name) => node[name]!.GetValue<int>();
}
