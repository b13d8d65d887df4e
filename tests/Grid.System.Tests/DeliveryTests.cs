using System.Text;
using Grid.System.Tests.Beds;

namespace Grid.System.Tests;

/// <summary>One message, from the client's hand to the receiver's, over each way in and on each store.</summary>
public sealed class DeliveryTests
{
    [Theory]
    [InlineData(GridStoreKind.Sqlite)]
    [InlineData(GridStoreKind.PostgreSql)]
    public async Task Post_of_a_message_arrives_once_and_is_counted(GridStoreKind store)
    {
        await using var receiver = new RecordingReceiver();
        await using var grid = await GridProcess.StartAsync(GridSetup.RoutedTo(receiver.Port).On(store));
        var key = await grid.Api.TenantAsync("acme");

        var answer = await grid.Api.PostAsync("/v1/messages", GridApi.Message("acme", "someone@client.example", "over HTTP ✓"), key);

        Assert.True(answer.Status == 202, answer.ToString());
        Assert.Equal("queued", answer.TextAt("recipients.0.status"));
        var message = await grid.MessageBecomesAsync(answer.TextAt("id"), key, "delivered");
        Assert.Equal(250, message.NumberAt("recipients.0.lastReply.code"));
        Assert.Equal(1, message.NumberAt("recipients.0.attempts"));
        var received = Assert.Single(receiver.Messages);
        Assert.Equal(["someone@client.example"], received.Recipients);
        Assert.EndsWith("@bounces.localhost", received.Sender);
        Assert.Equal("News <news@acme.example>", received.HeaderOf("From"));
        Assert.Equal("Hello\r\n\r\n1 Main St, 12345 Town\r\n", Encoding.UTF8.GetString(received.Body));
        await Eventually.BecomesAsync(() => grid.CounterAsync("acme", "delivered"), count => count == 1, 10, "the tenant's counter");
        foreach (var path in new[] { "/v1/domains/client.example", "/v1/ips/0.0.0.0" })
        {
            await Eventually.BecomesAsync(() => grid.Api.GetAsync(path), answer => answer.NumberAt("counters.delivered") == 1, 10, path);
        }

        Assert.Equal(0, (await grid.Api.GetAsync("/v1/queue")).NumberAt("total"));
        Assert.Equal(0, await grid.StopAsync());
    }

    [Fact]
    public async Task Submission_with_a_key_arrives_once_byte_for_byte()
    {
        await using var receiver = new RecordingReceiver();
        await using var grid = await GridProcess.StartAsync(GridSetup.RoutedTo(receiver.Port));
        var key = await grid.Api.TenantAsync("acme");
        using var client = await SubmissionClient.ConnectAsync(grid.SubmissionPort);
        Assert.Contains("AUTH", await client.SayAsync("EHLO client.example"), StringComparison.Ordinal);
        Assert.StartsWith("530 5.7.0", await client.SayAsync("MAIL FROM:<news@acme.example>"));
        Assert.StartsWith("535 5.7.8", await client.AuthPlainAsync("acme", "not-the-key-of-this-tenant"));
        Assert.StartsWith("235", await client.AuthPlainAsync("acme", key));

        var reply = await client.SendAsync("news@acme.example", "someone@client.example", Letter("over SMTP"));

        Assert.StartsWith("250 2.0.0 Queued as ", reply);
        await grid.MessageBecomesAsync(reply.Split(' ')[^1], key, "delivered");
        var received = Assert.Single(receiver.Messages);
        Assert.Equal("over SMTP", received.Subject);
        Assert.Equal("..dots\r\n.\r\nand  spaces \r\n", Encoding.UTF8.GetString(received.Body));
        Assert.Contains("with ESMTPA", received.HeaderOf("Received"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submission_after_starttls_arrives_and_says_so()
    {
        using var certificate = new MadeCertificate();
        await using var receiver = new RecordingReceiver();
        await using var grid = await GridProcess.StartAsync(GridSetup.RoutedTo(receiver.Port)
            .With("Grid__Tls__Certificate", certificate.CertificateFile).With("Grid__Tls__Key", certificate.KeyFile));
        var key = await grid.Api.TenantAsync("acme");
        using var client = await SubmissionClient.ConnectAsync(grid.SubmissionPort);
        Assert.Contains("STARTTLS", await client.SayAsync("EHLO client.example"), StringComparison.Ordinal);
        await client.StartTlsAsync(certificate.Certificate);
        var offer = await client.SayAsync("EHLO client.example");
        Assert.DoesNotContain("STARTTLS", offer, StringComparison.Ordinal);
        Assert.Contains("REQUIRETLS", offer, StringComparison.Ordinal);
        Assert.StartsWith("235", await client.AuthPlainAsync("acme", key));

        Assert.StartsWith("250", await client.SendAsync("news@acme.example", "someone@client.example", Letter("over TLS")));

        var received = Assert.Single(await receiver.ReceivesAsync(1, 30));
        Assert.Contains("with ESMTPSA", received.HeaderOf("Received"), StringComparison.Ordinal);

        // A receiver without TLS gets nothing that requires it, and the report of that returns no body (RFC 8689).
        var required = await client.SendAsync("news@acme.example", "someone@client.example", Letter("over TLS only"), " REQUIRETLS RET=FULL");
        var bounced = await grid.MessageBecomesAsync(required.Split(' ')[^1], key, "bounced");
        Assert.Equal("5.7.30", bounced.TextAt("recipients.0.lastReply.enhanced"));
        var report = Assert.Single((await receiver.ReceivesAsync(2, 30)).Skip(1));
        Assert.Equal(("", "news@acme.example"), (report.Sender, Assert.Single(report.Recipients)));
        Assert.Contains("text/rfc822-headers", Encoding.UTF8.GetString(report.Data), StringComparison.Ordinal);
        Assert.DoesNotContain("and  spaces", Encoding.UTF8.GetString(report.Data), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_of_what_breaks_rules_is_refused_and_keeps_nothing()
    {
        await using var receiver = new RecordingReceiver();
        await using var grid = await GridProcess.StartAsync(GridSetup.RoutedTo(receiver.Port));
        var key = await grid.Api.TenantAsync("acme");

        var unknown = await grid.Api.PostAsync("/v1/messages", """{"from":"news@acme.example","to":["a@b.example"],"subject":"x","text":"y","colour":"red"}""", key);
        Assert.Equal(400, unknown.Status);
        Assert.Contains("colour", unknown.Text, StringComparison.Ordinal);

        var injected = await grid.Api.PostAsync("/v1/messages", GridApi.Message("acme", "a@b.example", "hello\r\nBcc: other@c.example"), key);
        Assert.Equal(422, injected.Status);
        Assert.Contains("subject", injected.Text, StringComparison.Ordinal);

        var foreign = await grid.Api.PostAsync("/v1/messages", GridApi.Message("other", "a@b.example"), key);
        Assert.Equal(422, foreign.Status);
        Assert.Contains("from", foreign.Text, StringComparison.Ordinal);

        Assert.Equal(401, (await grid.Api.PostAsync("/v1/messages", GridApi.Message("acme", "a@b.example"), "no-such-key-at-all")).Status);
        Assert.Equal(403, (await grid.Api.GetAsync("/v1/tenants", key)).Status);

        // What is accepted after them is all that leaves.
        Assert.Equal(202, (await grid.Api.PostAsync("/v1/messages", GridApi.Message("acme", "a@b.example", "right"), key)).Status);
        Assert.Equal("right", Assert.Single(await receiver.ReceivesAsync(1, 30)).Subject);
        Assert.Equal(0, await grid.StopAsync());
        Assert.Equal(1, receiver.Count);
    }

    private static byte[] Letter(string subject) => Encoding.UTF8.GetBytes(
        $"From: News <news@acme.example>\r\nTo: someone@client.example\r\nSubject: {subject}\r\nDate: Sun, 22 Nov 2026 00:00:00 +0000\r\nMessage-ID: <1@acme.example>\r\n\r\n..dots\r\n.\r\nand  spaces \r\n");
}
