using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Grid.Mail.Feedback;
using Grid.Mail.Mime;

namespace Grid.Host.Tests.Whole;

/// <summary>What submitters over SMTP are told of their mail (RFC 3461).</summary>
public sealed class DsnTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const string Body = "From: N <n@{0}.example>\r\nSubject: {1}\r\n\r\nhello {1}\r\n";

    [Fact]
    public async Task Failure_is_told_to_the_return_path_with_what_was_given_and_asked()
    {
        var (key, id) = await SubmitAsync("dsn-failed", "n@dsn-failed.example", "RET=FULL ENVID=QQ+2B1", ("blocked@x.example", "NOTIFY=FAILURE ORCPT=rfc822;Bob+2B@x.example"), ("ok@x.example", "NOTIFY=FAILURE"));
        var (received, report) = await ReportAsync("n@dsn-failed.example");
        Assert.Equal("", received.Sender);
        Assert.Equal(["text/plain", "message/delivery-status", "message/rfc822"], report.Parts.Select(part => part.ContentType.Value));
        var status = Encoding.UTF8.GetString(report.Parts[1].DecodedBody());
        Assert.Contains("Original-Envelope-Id: QQ+1\r\n", status, StringComparison.Ordinal);
        Assert.Contains("Original-Recipient: rfc822; Bob+@x.example\r\nFinal-Recipient: rfc822; blocked@x.example\r\nAction: failed\r\nStatus: 5.7.25\r\n", status, StringComparison.Ordinal);
        Assert.DoesNotContain("ok@x.example", status, StringComparison.Ordinal);
        Assert.Contains("hello dsn-failed", Encoding.UTF8.GetString(report.Parts[2].DecodedBody()), StringComparison.Ordinal);
        Assert.Equal("auto-replied", report.Header("Auto-Submitted")?.Value.Trim());
        Assert.Equal([("failed", "sent")], await NoticesAsync(key, id, 0, until: "sent"));
        Assert.Empty(await NoticesAsync(key, id, 1));
    }

    [Fact]
    public async Task Success_is_told_as_relayed_where_the_next_host_has_no_DSN()
    {
        var (key, id) = await SubmitAsync("dsn-relayed", "n@dsn-relayed.example", "", ("a@x.example", "NOTIFY=SUCCESS"), ("b@x.example", "NOTIFY=SUCCESS,FAILURE"), ("c@x.example", ""));
        var reports = new List<RecipientReport>();
        while (reports.Count < 2)
        {
            reports.AddRange(FeedbackReader.Read(Encoding.Latin1.GetBytes((await ReportAsync("n@dsn-relayed.example")).Received.Data)).Reports);
        }

        Assert.Equal([("a@x.example", "relayed", "2.1.9"), ("b@x.example", "relayed", "2.1.9")], reports.Select(one => (one.Recipient, one.Action!, one.Status)).Order());
        Assert.Empty(await NoticesAsync(key, id, 2));
    }

    [Theory]
    [InlineData("dsn-unasked", "n@dsn-unasked.example", "", "failed", "sent")]
    [InlineData("dsn-never", "n@dsn-never.example", "NOTIFY=NEVER", null, null)]
    [InlineData("dsn-success", "n@dsn-success.example", "NOTIFY=SUCCESS", null, null)]
    [InlineData("dsn-null", "", "NOTIFY=FAILURE", null, null)]
    [InlineData("dsn-foreign", "victim@elsewhere.example", "NOTIFY=FAILURE", "failed", "foreignReturnPath")]
    [InlineData("dsn-self", "postmaster@bounces.localhost", "NOTIFY=FAILURE", "failed", "foreignReturnPath")]
    public async Task Failure_of_one_recipient_is_told_or_not(string tenant, string returnPath, string notify, string? action, string? state)
    {
        var (key, id) = await SubmitAsync(tenant, returnPath, "", ("blocked@x.example", notify));
        Assert.Equal(action is null ? [] : [(action, state!)], await NoticesAsync(key, id, 0, until: state, ended: "bounced"));
    }

    [Fact]
    public async Task Suppressed_recipient_is_told_with_what_it_was()
    {
        var key = await host.TenantAsync("dsn-suppressed");
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Put, "/v1/suppressions/gone@x.example", key: key)).Status);
        var id = await SubmitAsync(key, "dsn-suppressed", "n@dsn-suppressed.example", "", [("gone@x.example", "")]);
        var (_, report) = await ReportAsync("n@dsn-suppressed.example");
        Assert.Contains("Status: 5.7.1\r\nDiagnostic-Code: x-grid; the address is suppressed", Encoding.UTF8.GetString(report.Parts[1].DecodedBody()), StringComparison.Ordinal);
        Assert.Equal(3, report.Parts.Count);
        Assert.Equal([("failed", "sent")], await NoticesAsync(key, id, 0, until: "sent"));
    }

    [Fact]
    public async Task Later_bounce_and_receipt_are_told_on_once_and_only_where_asked()
    {
        var key = await host.TenantAsync("dsn-later");
        string[] asked = ["NOTIFY=SUCCESS,FAILURE", "NOTIFY=NEVER"];
        foreach (var (number, notify) in asked.Index())
        {
            var address = $"a{number}@y.example";
            var id = await SubmitAsync(key, "dsn-later", "n@dsn-later.example", "", [(address, notify)]);
            var path = (await host.ReceivedAsync(address)).Sender;
            await NoticesAsync(key, id, 0, ended: "delivered");
            using var inbound = await SmtpDialogue.OpenAsync(host.InboundPort);
            foreach (var (action, status) in ((string, string)[])[("delivered", "2.1.5"), ("delivered", "2.1.5"), ("failed", "5.1.1"), ("failed", "5.1.1")])
            {
                Assert.StartsWith("250", await inbound.MessageAsync(path, Report(path, address, action, status)), StringComparison.Ordinal);
            }

            (string, string)[] expected = notify == asked[0] ? [("failed", "sent"), ("delivered", "sent"), ("relayed", "sent")] : [];
            Assert.Equal(expected.Order(), (await NoticesAsync(key, id, 0, until: expected.Length > 0 ? "sent" : null, count: expected.Length)).Order());
        }
    }

    private static string Report(string path, string recipient, string action, string status) =>
        $"From: <mailer-daemon@y.example>\r\nTo: <{path}>\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; y.example\r\n\r\nFinal-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {status}\r\n\r\n--b--\r\n";

    private async Task<(string Key, string Id)> SubmitAsync(string tenant, string returnPath, string parameters, params (string Address, string Parameters)[] recipients)
    {
        var key = await host.TenantAsync(tenant);
        return (key, await SubmitAsync(key, tenant, returnPath, parameters, recipients));
    }

    private async Task<string> SubmitAsync(string key, string tenant, string returnPath, string parameters, (string Address, string Parameters)[] recipients)
    {
        using var client = await SmtpDialogue.OpenAsync(host.SubmissionPort);
        await client.SignInAsync(tenant, key);
        var reply = await client.MessageAsync($"<{returnPath}> {parameters}".TrimEnd(), recipients.Select(one => $"<{one.Address}> {one.Parameters}".TrimEnd()), string.Format(null, Body, tenant, tenant));
        Assert.StartsWith("250 2.0.0 Queued as ", reply, StringComparison.Ordinal);
        return reply[(reply.LastIndexOf(' ') + 1)..];
    }

    private async Task<(ReceivedMessage Received, MimeEntity Report)> ReportAsync(string to)
    {
        var received = await host.ReceivedAsync(to);
        var message = MessageReader.Read(Encoding.Latin1.GetBytes(received.Data));
        Assert.Equal("multipart/report", message.ContentType.Value);
        return (received, message);
    }

    /// <summary>What one recipient's sender is told, once all of it is in a state, and the recipient.</summary>
    private async Task<(string Action, string State)[]> NoticesAsync(string key, string id, int recipient, string? until = null, string? ended = null, int count = 1)
    {
        return Notices(await host.UntilAsync("/v1/messages/" + id, message =>
            (ended is null || message["recipients"]![recipient]!["state"]!.GetValue<string>() == ended)
            && (until is null || (Notices(message) is var notices && notices.Length >= count && notices.All(one => one.State == until))), key));

        (string Action, string State)[] Notices(JsonNode message) =>
            [.. (message["recipients"]![recipient]!["notices"] as JsonArray ?? []).Select(one => (one!["action"]!.GetValue<string>(), one["state"]!.GetValue<string>()))];
    }
}
