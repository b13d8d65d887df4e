using System.Net;
using System.Text.Json.Nodes;

namespace Grid.Host.Tests.Whole;

public sealed class AlignmentTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task Domain_passes_once_its_dmarc_record_stands_and_a_key_signs()
    {
        var key = await host.TenantAsync("align");
        var bare = await LookAsync("align.example", key);
        Assert.Equal((false, false, 3), (bare["passes"]!.GetValue<bool>(), bare["dkimAligned"]!.GetValue<bool>(), bare["faults"]!.AsArray().Count));

        host.Records.Publish("_dmarc.align.example", "v=DMARC1; p=reject; adkim=s");
        host.Records.Publish("bounces.localhost", "v=spf1 ip4:192.0.2.0/24 -all");
        var made = (await host.CallAsync(HttpMethod.Post, "/v1/tenants/align/domains/align.example/keys", new { })).Json;
        await host.CallAsync(HttpMethod.Post, $"/v1/tenants/align/domains/align.example/keys/{made["selector"]}/state", new { state = "active", force = true });

        var passes = await LookAsync("align.example", key);
        Assert.Equal((true, "reject", "v=spf1 ip4:192.0.2.0/24 -all", 0), (
            passes["passes"]!.GetValue<bool>(), passes["policy"]!.GetValue<string>(), passes["spf"]!.GetValue<string>(), passes["faults"]!.AsArray().Count));
        var below = await LookAsync("news.align.example", key);
        Assert.Equal((false, "v=DMARC1; p=reject; adkim=s"), (below["passes"]!.GetValue<bool>(), below["dmarc"]!.GetValue<string>()));
        Assert.Contains("adkim=s", below["faults"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        host.Records.Publish("_dmarc.align.example", "v=DMARC1; p=none");
        Assert.True((await LookAsync("news.align.example", key))["passes"]!.GetValue<bool>());
        host.Records.Publish("_dmarc.align.example", "v=DMARC10; p=none");
        Assert.False((await LookAsync("align.example", key))["passes"]!.GetValue<bool>());
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Get, "/v1/sending-domains/other.example/alignment", key: key)).Status);
    }

    private async Task<JsonNode> LookAsync(string domain, string key)
    {
        var answer = await host.CallAsync(HttpMethod.Get, $"/v1/sending-domains/{domain}/alignment", key: key);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Json;
    }
}
