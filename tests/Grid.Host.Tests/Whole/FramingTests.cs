using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Grid.Core.Feedback;
using Grid.Core.Vocabulary;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Host.Tests.Whole;

/// <summary>Nobody can be framed: forged reports change no counter, suppress nobody, and are listed.</summary>
public sealed class FramingTests(HostFixture host) : IClassFixture<HostFixture>
{
    private static int s_next;

    /// <summary>Thirty ways to forge a report. Each gets the victim's real message, another message of the same tenant, and one of another tenant.</summary>
    private static readonly Dictionary<string, (Func<Scene, Forgery> Make, string Why)> Kinds = new()
    {
        ["complaint without a token"] = (s => new(Fbl, Arf(from: "x@y.example", copy: "Subject: s\r\n")), "tokenMissing"),
        ["complaint with a token of the right form"] = (s => new(Fbl, Arf(Path(new('a', 32)))), "tokenMissing"),
        ["complaint with an altered token"] = (s => new(Fbl, Arf(Altered(s.Mine.Sender))), "tokenMissing"),
        ["complaint with a cut token"] = (s => new(Fbl, Arf(s.Mine.Sender.Replace("@", "", StringComparison.Ordinal)[..20] + "@bounces.localhost")), "tokenMissing"),
        ["complaint with the token at another domain"] = (s => new(Fbl, Arf(s.Mine.Sender.Replace("bounces.localhost", "evil.example", StringComparison.Ordinal), copy: "Subject: s\r\n")), "tokenMissing"),
        ["complaint with an unsubscribe token"] = (s => new(Fbl, Arf(Path(s.UnsubscribeToken))), "tokenMissing"),
        ["complaint with a token of another grid"] = (s => new(Fbl, Arf(Path(new MessageToken(new byte[32], "return-path").Sign(s.MineId, 0)))), "tokenMissing"),
        ["complaint about a message that never was"] = (s => new(Fbl, Arf(Path(s.Tokens.Sign(new(1), 0)))), "messageUnknown"),
        ["complaint about a message long forgotten"] = (s => new(Fbl, Arf(Path(s.Tokens.Sign(MessageId.Compose(MessageId.Epoch.AddDays(1), 0, 0), 0)))), "messageUnknown"),
        ["complaint of a recipient that the message never had"] = (s => new(Fbl, Arf(Path(s.Tokens.Sign(s.MineId, 5)))), "notDelivered"),
        ["complaint about a message that waits in the queue"] = (s => new(Fbl, Arf(Path(s.Tokens.Sign(s.QueuedId, 0)), to: s.QueuedTo)), "notDelivered"),
        ["complaint from nobody we know"] = (s => new(Fbl, Arf(s.Mine.Sender, copy: s.Mine.Data)), "reporterUnknown"),
        ["complaint sent to the return path itself"] = (s => new(s.Mine.Sender, Arf(s.Mine.Sender, copy: s.Mine.Data)), "reporterUnknown"),
        ["complaint in a listed reporter's name without a signature"] = (s => new(Fbl, Arf(s.Mine.Sender, by: "fbl@reporter.example")), "reporterUnknown"),
        ["complaint in a listed reporter's name, signed by another"] = (s => new(Fbl, Arf(s.Mine.Sender, by: "fbl@reporter.example", signed: "evil.example")), "reporterUnknown"),
        ["complaint in a listed reporter's name, signed by a domain that ends alike"] = (s => new(Fbl, Arf(s.Mine.Sender, by: "fbl@reporter.example", signed: "orter.example")), "reporterUnknown"),
        ["complaint by a user of the reporter's domain"] = (s => new(Fbl, Arf(s.Mine.Sender, by: "eve@reporter.example", signed: "reporter.example")), "reporterUnknown"),
        ["complaint from below a listed domain"] = (s => new(Fbl, Arf(s.Mine.Sender, by: "a@users.loop.example", signed: "users.loop.example")), "reporterUnknown"),
        ["complaint signed by a top-level domain"] = (s => new(Fbl, Arf(s.Mine.Sender, by: "fbl@reporter.example", signed: "example")), "reporterUnknown"),
        ["complaint in two reporters' names"] = (s => new(Fbl, Arf(s.Mine.Sender, by: "fbl@reporter.example>, <eve@evil.example", signed: "reporter.example")), "reporterUnknown"),
        ["complaint whose tokens name two messages"] = (s => new(Fbl, Arf(s.Mine.Sender, copy: s.Others.Data, by: "fbl@reporter.example", signed: "reporter.example")), "tokensDisagree"),
        ["complaint to another tenant's return path"] = (s => new(s.Others.Sender, Arf(s.Mine.Sender, by: "fbl@reporter.example", signed: "reporter.example")), "tokensDisagree"),
        ["complaint in the name of the message's other recipient"] = (s => new(Fbl, Arf(Path(s.Tokens.Sign(s.SharedId, 0)), to: s.SharedTo[1], by: "fbl@reporter.example", signed: "reporter.example")), "otherRecipient"),
        ["complaint of a stranger about a message to several"] = (s => new(Fbl, Arf(Path(s.Tokens.Sign(s.SharedId, MessageToken.WholeMessage)), to: "eve@evil.example", by: "fbl@reporter.example", signed: "reporter.example")), "notDelivered"),
        ["fraud report from nobody we know"] = (s => new(Fbl, Arf(s.Mine.Sender, type: "fraud")), "reporterUnknown"),
        ["opt-out report from nobody we know"] = (s => new(Fbl, Arf(s.Mine.Sender, type: "opt-out")), "reporterUnknown"),
        ["complaint in Microsoft's form without a reporter"] = (s => new(Fbl, Jmrp(s.Mine)), "reporterUnknown"),
        ["bounce without a token"] = (s => new("postmaster@bounces.localhost", Dsn(s.MineTo, "Subject: s\r\n")), "tokenMissing"),
        ["bounce with the real copy to another address of ours"] = (s => new(Fbl, Dsn(s.MineTo, "Return-Path: <" + s.Mine.Sender + ">\r\n" + s.Mine.Data)), "returnPathMissing"),
        ["bounce to abuse with the real copy"] = (s => new("abuse@bounces.localhost", Dsn(s.MineTo, s.Mine.Data)), "returnPathMissing"),
        ["bounce in the name of the message's other recipient"] = (s => new(Path(s.Tokens.Sign(s.SharedId, 0)), Dsn(s.SharedTo[1], "")), "otherRecipient"),
        ["bounce of a message that was not delivered"] = (s => new(Path(s.Tokens.Sign(s.QueuedId, 0)), Dsn(s.QueuedTo, "")), "notDelivered"),
        ["bounce whose copy is another tenant's"] = (s => new(s.Mine.Sender, Dsn(s.MineTo, s.Others.Data)), "tokensDisagree"),
    };

    private const string Fbl = "fbl@bounces.localhost";

    public static TheoryData<string> Forgeries => [.. Kinds.Keys];

    [Fact]
    public void Forgeries_are_thirty_kinds_at_least() => Assert.True(Kinds.Count >= 30);

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task Forgery_changes_no_counter_suppresses_nobody_and_is_listed(string kind)
    {
        var scene = await SceneAsync();
        var before = await StateAsync(scene);
        var (recipient, message) = Kinds[kind].Make(scene);
        using var smtp = await SmtpDialogue.OpenAsync(host.InboundPort, scene.Peer);

        Assert.StartsWith("250 2.0.0", await smtp.MessageAsync(recipient, message), StringComparison.Ordinal);

        Assert.Equal(before, await StateAsync(scene));
        Assert.Equal([Kinds[kind].Why], await ListedAsync(scene.Peer));
    }

    [Fact]
    public async Task Complaint_of_a_proven_reporter_counts_once_and_its_repeats_are_listed()
    {
        var scene = await SceneAsync();
        using var smtp = await SmtpDialogue.OpenAsync(host.InboundPort, scene.Peer);
        for (var again = 0; again < 3; again++)
        {
            await smtp.MessageAsync(Fbl, Arf(scene.Mine.Sender, by: "fbl@reporter.example", signed: "reporter.example"));
        }

        await smtp.MessageAsync(Fbl, Arf(Path(scene.Tokens.Sign(scene.SharedId, 0)), to: "forwarded@elsewhere.example", by: "any@loop.example", signed: "loop.example"));

        Assert.Equal(2, (await TenantAsync(scene.Tenant))["counters"]!["complaints"]!.GetValue<int>());
        Assert.Equal(["alreadyCounted", "alreadyCounted"], await ListedAsync(scene.Peer));

        // What counted can be looked into, with nothing left to decide.
        var kept = (await host.CallAsync(HttpMethod.Get, $"/v1/abuse?source=complaint&tenant={scene.Tenant}")).Json["cases"]!.AsArray();
        Assert.Equal([scene.SharedTo[0], scene.MineTo], kept.Select(one => one!["spammedAddress"]!.GetValue<string>()));
        Assert.All(kept, one => Assert.Equal(("counted", "counts"), (one!["verdict"]!.GetValue<string>(), one["why"]!.GetValue<string>())));
        Assert.Contains("Feedback-Type: abuse", (await host.CallAsync(HttpMethod.Get, $"/v1/abuse/{kept[1]!["id"]!.GetValue<string>()}")).Json["evidence"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal([scene.MineTo, scene.SharedTo[0]], (await SuppressedAsync(scene.Tenant)).Order());
    }

    [Fact]
    public async Task Complaint_whose_key_cannot_be_looked_up_is_put_off_and_counts_later()
    {
        var scene = await SceneAsync();
        using var smtp = await SmtpDialogue.OpenAsync(host.InboundPort, scene.Peer);

        Assert.StartsWith("451 4.4.3", await smtp.MessageAsync(Fbl, Arf(scene.Mine.Sender, by: "fbl@reporter.example", signed: "away")), StringComparison.Ordinal);
        Assert.Empty(await ListedAsync(scene.Peer));
        await smtp.MessageAsync(Fbl, Arf(scene.Mine.Sender, by: "fbl@reporter.example", signed: "reporter.example"));

        Assert.Equal(1, (await TenantAsync(scene.Tenant))["counters"]!["complaints"]!.GetValue<int>());
    }

    [Fact]
    public async Task Bounce_to_its_return_path_counts_once()
    {
        var scene = await SceneAsync();
        using var smtp = await SmtpDialogue.OpenAsync(host.InboundPort, scene.Peer);
        await smtp.MessageAsync(scene.Mine.Sender, Dsn(scene.MineTo, scene.Mine.Data));
        await smtp.MessageAsync(scene.Mine.Sender, Dsn(scene.MineTo, scene.Mine.Data));

        var counters = (await TenantAsync(scene.Tenant))["counters"]!;
        Assert.Equal((1, 2), (counters["hardBounces"]!.GetValue<int>(), counters["delivered"]!.GetValue<int>()));
        Assert.Equal(["alreadyCounted"], await ListedAsync(scene.Peer));
        Assert.Equal([scene.MineTo], await SuppressedAsync(scene.Tenant));
    }

    [Theory]
    [InlineData("not-spam")]
    [InlineData("auth-failure")]
    public async Task Report_that_is_no_complaint_counts_nothing(string type)
    {
        var scene = await SceneAsync();
        var before = await StateAsync(scene);
        using var smtp = await SmtpDialogue.OpenAsync(host.InboundPort, HostFixture.TrustedReporter);

        Assert.StartsWith("250", await smtp.MessageAsync(scene.Mine.Sender, Arf(scene.Mine.Sender, type: type)), StringComparison.Ordinal);

        Assert.Equal(before, await StateAsync(scene));
    }

    [Fact]
    public async Task Flood_of_a_proven_reporter_ends_at_its_limit_and_the_rest_is_listed()
    {
        // The limit of this host is 50 an hour for each reporter; this reporter is nobody else's.
        var key = await host.TenantAsync("flood");
        var to = Enumerable.Range(0, 60).Select(i => $"u{i}@flood-r.example").ToArray();
        var sent = await host.CallAsync(HttpMethod.Post, "/v1/messages", Message("flood", to), key);
        await host.DeliveredAsync("flood", 60);
        Assert.True(MessageId.TryParse(sent.Json["id"]!.GetValue<string>(), out var id));
        var tokens = host.Services.GetRequiredService<MessageToken>();
        using var smtp = await SmtpDialogue.OpenAsync(host.InboundPort, HostFixture.TrustedReporter);

        for (var i = 0; i < to.Length; i++)
        {
            Assert.StartsWith("250", await smtp.MessageAsync(Fbl, Arf(Path(tokens.Sign(id, i)), to: to[i])), StringComparison.Ordinal);
        }

        var counted = (await TenantAsync("flood"))["counters"]!["complaints"]!.GetValue<int>();
        Assert.Equal(50, counted);
        Assert.Equal(10, (await ListedAsync(HostFixture.TrustedReporter)).Count(why => why == "reporterOverLimit"));
    }

    private async Task<Scene> SceneAsync()
    {
        var number = Interlocked.Increment(ref s_next);
        var (tenant, other) = ($"victim{number}", $"bystander{number}");
        var (key, otherKey) = (await host.TenantAsync(tenant), await host.TenantAsync(other));
        string To(string who) => $"{who}@v{number}.example";
        var mine = await SendAsync(tenant, key, To("ann"));
        var others = await SendAsync(other, otherKey, To("olga"));
        var shared = await SendAsync(tenant, key, To("bob"), To("carl"));
        await host.DeliveredAsync(tenant, 3);
        await host.DeliveredAsync(other, 1);
        var queued = await host.CallAsync(
            HttpMethod.Post, "/v1/messages", Message(tenant, [To("later")], DateTimeOffset.UtcNow.AddDays(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)), key);
        var mail = mine.Message.Data.Replace("\r\n ", "", StringComparison.Ordinal);
        var at = mail.IndexOf("unsubscribe+", StringComparison.Ordinal) + "unsubscribe+".Length;
        Assert.True(MessageId.TryParse(queued.Json["id"]!.GetValue<string>(), out var queuedId));
        return new(
            host.Services.GetRequiredService<MessageToken>(), tenant, other, mine.Message, mine.Id, To("ann"), others.Message, shared.Id, [To("bob"), To("carl")], queuedId, To("later"),
            mail[at..(at + MessageToken.Length)], $"127.0.1.{number}");
    }

    private async Task<(ReceivedMessage Message, MessageId Id)> SendAsync(string tenant, string key, params string[] to)
    {
        var sent = await host.CallAsync(HttpMethod.Post, "/v1/messages", Message(tenant, to), key);
        Assert.True(MessageId.TryParse(sent.Json["id"]!.GetValue<string>(), out var id));
        return (await host.ReceivedAsync(to[0]), id);
    }

    private async Task<string> StateAsync(Scene scene)
    {
        var state = new StringBuilder();
        foreach (var tenant in (string[])[scene.Tenant, scene.Other])
        {
            state.Append((await TenantAsync(tenant))["counters"]!.ToJsonString()).AppendJoin(',', await SuppressedAsync(tenant));
        }

        return state.ToString();
    }

    private async Task<JsonNode> TenantAsync(string tenant) => (await host.CallAsync(HttpMethod.Get, $"/v1/tenants/{tenant}")).Json;

    private async Task<string[]> SuppressedAsync(string tenant) =>
        [.. (await host.CallAsync(HttpMethod.Get, $"/v1/tenants/{tenant}/suppressions")).Json["suppressions"]!.AsArray().Select(entry => entry!["address"]!.GetValue<string>())];

    private async Task<string[]> ListedAsync(string peer)
    {
        var cases = (await host.CallAsync(HttpMethod.Get, "/v1/abuse?limit=1000&source=feedback")).Json["cases"]!.AsArray();
        return [.. cases.Where(one => one!["peer"]!.GetValue<string>() == peer).Select(one => one!["why"]!.GetValue<string>())];
    }

    private static JsonObject Message(string tenant, string[] to, string? sendAt = null) => new()
    {
        ["from"] = $"News <news@{tenant}.example>",
        ["to"] = new JsonArray([.. to]),
        ["subject"] = "hello",
        ["text"] = "Hi",
        ["sendAt"] = sendAt,
    };

    private static string Path(string token) => $"b+{token}@bounces.localhost";

    private static string Altered(string path) => path[..5] + (path[5] == 'a' ? 'b' : 'a') + path[6..];

    private static string Arf(string from, string copy = "", string to = "someone@r.example", string by = "fbl@evil.example", string? signed = null, string type = "abuse") =>
        $"From: <{by}>\r\nTo: <fbl@bounces.localhost>\r\nSubject: complaint\r\n{(signed is null ? "" : $"X-Test-Signed: {signed}\r\n")}MIME-Version: 1.0\r\n"
        + "Content-Type: multipart/report; report-type=feedback-report; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nA report.\r\n"
        + $"--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: {type}\r\nUser-Agent: Test/1\r\nVersion: 1\r\nOriginal-Mail-From: <{from}>\r\n"
        + $"Original-Rcpt-To: <{to}>\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n{copy}\r\n--b--\r\n";

    private static string Jmrp(ReceivedMessage mine) =>
        "From: <staff@evil.example>\r\nTo: <fbl@bounces.localhost>\r\nSubject: complaint about message from 192.0.2.1\r\nMIME-Version: 1.0\r\n"
        + $"Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nX-HmXmrOriginalRecipient: {mine.Recipients[0]}\r\n{mine.Data}\r\n--b--\r\n";

    private static string Dsn(string recipient, string copy) =>
        "From: Mail Delivery System <mailer-daemon@evil.example>\r\nSubject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n"
        + "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nIt failed.\r\n"
        + $"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; evil.example\r\n\r\nFinal-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        + $"Diagnostic-Code: smtp; 550 5.1.1 user unknown\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n{copy}\r\n--b--\r\n";

    private sealed record Forgery(string Recipient, string Message);

    private sealed record Scene(
        MessageToken Tokens, string Tenant, string Other, ReceivedMessage Mine, MessageId MineId, string MineTo, ReceivedMessage Others, MessageId SharedId, string[] SharedTo,
        MessageId QueuedId, string QueuedTo, string UnsubscribeToken, string Peer);
}
