using System.Text;
using System.Text.Json.Nodes;
using Grid.Testing;

namespace Grid.Host.Tests.Whole;

/// <summary>How many hard bounces suppress an address is the policy's to say.</summary>
public sealed class BouncedAddressTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Theory]
    [InlineData(0, 4, false)]
    [InlineData(1, 1, true)]
    [InlineData(3, 2, false)]
    [InlineData(3, 3, true)]
    public async Task Hard_bounces_suppress_after_the_policys_number(int number, int bounces, bool suppressed)
    {
        var tenant = $"bounced-{number}-{bounces}";
        var pushed = await host.CallAsync(
            HttpMethod.Put, $"/v1/policies/{tenant}", new StringContent($"policy: {tenant}\nparameters: {{suppression: {{hardBounces: {number} bounces}}}}\n", Encoding.UTF8, "application/yaml"));
        Assert.Equal(System.Net.HttpStatusCode.Created, pushed.Status);
        var key = await host.TenantAsync(tenant, policy: tenant);
        var address = $"a@{tenant}.example";
        for (var i = 0; i < bounces; i++)
        {
            await host.CallAsync(HttpMethod.Post, "/v1/messages", new JsonObject { ["from"] = $"n@{tenant}.example", ["to"] = new JsonArray(address), ["subject"] = "s", ["text"] = "t" }, key);
            var message = await host.ReceivedAsync(address);

            // A report may come before the delivery is logged; and a second one about the same message counts no more.
            await Until.Async(() => BounceAsync(message, address), "the report meets its message");
            await BounceAsync(message, address);
        }

        var found = (await host.CallAsync(HttpMethod.Get, "/v1/suppressions", key: key)).Json["suppressions"]!.AsArray();
        Assert.Equal(suppressed ? [(address, "hardBounce")] : [], found.Select(s => (s!["address"]!.GetValue<string>(), s["reason"]!.GetValue<string>())));
    }

    [Fact]
    public async Task Number_out_of_range_is_refused()
    {
        var answer = await host.CallAsync(
            HttpMethod.Put, "/v1/policies/bounced-much", new StringContent("policy: bounced-much\nparameters: {suppression: {hardBounces: 11 bounces}}\n", Encoding.UTF8, "application/yaml"));

        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("must be at most 10 bounces", answer.Text, StringComparison.Ordinal);
    }

    private async Task<bool> BounceAsync(ReceivedMessage message, string address)
    {
        var report = $"From: <>\r\nTo: <{message.Sender}>\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; r.example\r\n\r\nFinal-Recipient: rfc822; {address}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n";
        return (await host.CallAsync(HttpMethod.Post, "/v1/feedback", new StringContent(report, Encoding.UTF8, "message/rfc822"))).Json["matched"]!.GetValue<bool>();
    }
}
