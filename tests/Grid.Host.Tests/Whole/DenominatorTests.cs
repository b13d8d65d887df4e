using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Grid.Host.Tests.Whole;

/// <summary>Complaints are shown of all that was delivered, and of what went to receivers that report them; the policy says which is judged.</summary>
public sealed class DenominatorTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Theory]
    [InlineData("complaints", "delivered")]
    [InlineData("complaintsAtReporting", "deliveredReporting")]
    public async Task Complaints_are_shown_of_both_and_which_is_judged(string rate, string judged)
    {
        var tenant = "denominator-" + rate.ToLowerInvariant();
        await host.CallAsync(HttpMethod.Put, $"/v1/policies/{tenant}", new StringContent(
            $"policy: {tenant}\nclauses:\n  - id: cutoff\n    words: complaints suspend\n    subject: tenant\n    when: {{rate: {rate}, over: 7 d, above: 1 %, floor: {{volume: 1000 messages, events: 5 complaints}}}}\n    then: suspend\n",
            Encoding.UTF8,
            "application/yaml"));
        var key = await host.TenantAsync(tenant, policy: tenant);
        var recipients = new JsonArray($"a@{tenant}.example", "b@gmail.com", "c@icloud.com", $"d@{tenant}.example");
        await host.CallAsync(HttpMethod.Post, "/v1/messages", new JsonObject { ["from"] = $"n@{tenant}.example", ["to"] = recipients, ["subject"] = "s", ["text"] = "t" }, key);
        await host.DeliveredAsync(tenant, 4);
        var message = await host.ReceivedAsync($"a@{tenant}.example");

        var complaint = $"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: t/1\r\nVersion: 1\r\nOriginal-Mail-From: <{message.Sender}>\r\nOriginal-Rcpt-To: <a@{tenant}.example>\r\n\r\n--b--\r\n";
        var taken = await host.CallAsync(HttpMethod.Post, "/v1/feedback", new StringContent(complaint, Encoding.UTF8, "message/rfc822"));
        Assert.True(taken.Json["matched"]!.GetValue<bool>());

        foreach (var view in new[] { await host.CallAsync(HttpMethod.Get, $"/v1/tenants/{tenant}"), await host.CallAsync(HttpMethod.Get, "/v1/reputation", key: key) })
        {
            Assert.Equal((4, 2, 1), (Of(view, "counters", "delivered"), Of(view, "counters", "deliveredReporting"), Of(view, "counters", "complaints")));
            Assert.Equal((0.25m, 0.5m), (Of(view, "rates", "complaint"), Of(view, "rates", "complaintAtReporting")));
            Assert.Equal([judged], view.Json["rates"]!["complaintJudgedOf"]!.AsArray().Select(n => n!.GetValue<string>()));
        }

        var measure = (await host.CallAsync(HttpMethod.Get, "/v1/reputation", key: key)).Json["measures"]!.AsArray().Single(m => m!["clause"]!.GetValue<string>() == "cutoff")!;
        Assert.Equal((judged, judged == "delivered" ? 4 : 2), (measure["volumeOf"]!.GetValue<string>(), measure["volume"]!.GetValue<int>()));
        var silent = await host.CallAsync(HttpMethod.Get, "/v1/domains/gmail.com");
        Assert.Equal((HttpStatusCode.OK, 0m), (silent.Status, Of(silent, "counters", "deliveredReporting")));
        Assert.True(Of(silent, "counters", "delivered") > 0);
    }

    private static decimal Of(HostFixture.Reply view, string part, string field) => view.Json[part]![field]!.GetValue<decimal>();
}
