using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Grid.Host.Public;
using Grid.Host.Tests.Whole;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Host.Tests.Policies;

/// <summary>What providers promise to those who complain, over form, mailbox and feedback loop: what is needed for a report and no less, who is found by it, and what follows.</summary>
public sealed partial class ComplaintScenarioTests(HostFixture host) : IClassFixture<HostFixture>
{
    private static int _number;

    [Fact]
    public async Task MS_58_SS_25_anybody_can_report_by_the_form_without_a_key_and_needs_no_more_than_address_and_headers()
    {
        var (_, message) = await DeliveredAsync("anybody");
        var before = await CasesAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await FormAsync("", message.Data)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await FormAsync(message.Recipients[0], "just words")).Status);
        Assert.Equal(before, await CasesAsync());

        Assert.Equal(HttpStatusCode.OK, (await FormAsync(message.Recipients[0], message.Data)).Status);

        Assert.Equal(before + 1, await CasesAsync());
    }

    [Fact]
    public async Task MS_59_EM_06_MU_89_a_letter_to_the_mailbox_for_abuse_is_a_case_and_to_another_address_is_refused()
    {
        using var smtp = await SmtpDialogue.OpenAsync(host.InboundPort, "127.0.3.1");
        var before = await CasesAsync();
        Assert.StartsWith("550 5.1.1", await smtp.MessageAsync("abuses@bounces.localhost", Letter("ann@c.example", "spam", "I got spam")), StringComparison.Ordinal);
        Assert.Equal(before, await CasesAsync());

        var found = await LetterAsync(smtp, Letter("ann@c.example", "spam", "I got spam"));

        Assert.Equal(("letter", "ann@c.example", "spam"), (Text(found, "source"), Text(found, "reporter"), Text(found, "words")));
        Assert.Equal(before + 1, await CasesAsync());
    }

    [Theory]
    [InlineData("attached")]
    [InlineData("quoted")]
    [InlineData("headers")]
    public async Task MS_60_MU_91_headers_that_are_attached_forwarded_or_alone_lead_to_message_and_tenant_and_those_of_others_to_nobody(string how)
    {
        var (tenant, message) = await DeliveredAsync("traced-" + how);
        using var smtp = await SmtpDialogue.OpenAsync(host.InboundPort, "127.0.3.2");
        const string Foreign = "Received: from mx.elsewhere.example\r\nFrom: <news@elsewhere.example>\r\nTo: <ann@c.example>\r\nMessage-ID: <1@elsewhere.example>\r\nSubject: an offer\r\n\r\nBuy.\r\n";
        Assert.Null((await LetterAsync(smtp, Report(how, Foreign)))["tenant"]);

        var found = await LetterAsync(smtp, Report(how, message.Data));

        Assert.Equal((tenant, true), (Text(found, "tenant"), found["messageId"] is not null));
    }

    [Fact]
    public async Task MS_61_EM_39_EM_40_report_keeps_the_sender_as_the_reporter_says()
    {
        var (_, message) = await DeliveredAsync("named");
        var named = await CaseAsync(await FormAsync(message.Recipients[0], message.Data, sender: "Shop & Sons <news@named.example>"));
        var unnamed = await CaseAsync(await FormAsync(message.Recipients[0], message.Data));

        Assert.Equal("Shop & Sons <news@named.example>", Text(named, "sender"));
        Assert.Null(unnamed["sender"]);
    }

    [Fact]
    public async Task MS_62_EM_42_report_keeps_when_the_mail_came()
    {
        var (_, message) = await DeliveredAsync("timed");
        var timed = await CaseAsync(await FormAsync(message.Recipients[0], message.Data, when: "Monday, 2 March 2026, 8:14"));
        var untimed = await CaseAsync(await FormAsync(message.Recipients[0], message.Data));

        Assert.Equal("Monday, 2 March 2026, 8:14", Text(timed, "spammedAt"));
        Assert.Null(untimed["spammedAt"]);
    }

    [Fact]
    public async Task EM_41_report_needs_the_address_that_was_mailed_which_is_taken_off_the_list()
    {
        var (tenant, message) = await DeliveredAsync("mailed");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await FormAsync("no address", message.Data)).Status);
        Assert.Empty(await SuppressedAsync(tenant));

        var found = await CaseAsync(await FormAsync(message.Recipients[0], message.Data));

        Assert.Equal(message.Recipients[0], Text(found, "spammedAddress"));
        Assert.Equal([message.Recipients[0]], await SuppressedAsync(tenant));
    }

    [Fact]
    public async Task EM_43_who_reports_for_another_is_kept_apart_from_it_and_stays_on_the_list()
    {
        var (tenant, message) = await DeliveredAsync("friend");

        var found = await CaseAsync(await FormAsync(message.Recipients[0], message.Data, reporter: "friend@friend-r.example"));

        Assert.Equal((message.Recipients[0], "friend@friend-r.example"), (Text(found, "spammedAddress"), Text(found, "reporter")));
        Assert.Equal([message.Recipients[0]], await SuppressedAsync(tenant));
    }

    [Fact]
    public async Task MU_29_postmaster_of_the_inbound_domain_takes_what_receivers_write_with_a_domain_and_without()
    {
        using var smtp = await SmtpDialogue.OpenAsync(host.InboundPort, "127.0.3.3");
        Assert.StartsWith("550 5.1.1", await smtp.RecipientAsync("postmaster@elsewhere.example"), StringComparison.Ordinal);
        var before = await CasesAsync();

        Assert.StartsWith("250", await smtp.MessageAsync("postmaster@bounces.localhost", Letter("hostmaster@isp.example", "your mail", "please call us")), StringComparison.Ordinal);
        Assert.StartsWith("250", await smtp.MessageAsync("postmaster", Letter("hostmaster@isp.example", "your mail again", "please call us")), StringComparison.Ordinal);

        Assert.Equal(before + 2, await CasesAsync());
    }

    [Fact]
    public async Task MU_90_report_that_is_copied_to_the_sender_is_taken_like_any_other()
    {
        var (tenant, message) = await DeliveredAsync("copied");
        using var smtp = await SmtpDialogue.OpenAsync(host.InboundPort, "127.0.3.4");

        var found = await LetterAsync(smtp, "Cc: <news@copied.example>\r\n" + Report("attached", message.Data));

        Assert.Equal(tenant, Text(found, "tenant"));
        Assert.Contains("Cc: <news@copied.example>", Text(found, "evidence"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EM_46_report_of_a_mailbox_providers_loop_counts_and_one_that_only_looks_like_it_does_not()
    {
        var (tenant, message) = await DeliveredAsync("looped");
        using (var stranger = await SmtpDialogue.OpenAsync(host.InboundPort, "127.0.3.5"))
        {
            await stranger.MessageAsync("fbl@bounces.localhost", Loop(message, "stranger@nobody.example"));
        }

        Assert.Equal(0, await ComplaintsAsync(tenant));
        Assert.Empty(await SuppressedAsync(tenant));

        using var loop = await SmtpDialogue.OpenAsync(host.InboundPort, HostFixture.TrustedReporter);
        Assert.StartsWith("250", await loop.MessageAsync("fbl@bounces.localhost", Loop(message, "fbl@webmail.example")), StringComparison.Ordinal);

        Assert.Equal(1, await ComplaintsAsync(tenant));
        Assert.Equal([message.Recipients[0]], await SuppressedAsync(tenant));
    }

    [Fact]
    public async Task EM_45_whoever_complained_is_off_the_tenants_list_when_the_complaint_is_answered_and_nobody_else_is()
    {
        var (tenant, message) = await DeliveredAsync("removed");
        await host.TenantAsync("removed-not");
        var answer = await host.CallAsync(HttpMethod.Post, "/v1/feedback", new StringContent(Loop(message, "fbl@reporter.example"), Encoding.Latin1, "message/rfc822"));
        Assert.True(answer.Json["matched"]!.GetValue<bool>());

        Assert.Equal([message.Recipients[0]], await SuppressedAsync(tenant));
        Assert.Empty(await SuppressedAsync("removed-not"));
        var key = Text((await host.CallAsync(HttpMethod.Post, $"/v1/tenants/{tenant}/keys", new { })).Json, "key");
        var posted = await host.CallAsync(HttpMethod.Post, "/v1/messages", Mail(tenant, message.Recipients[0], $"neighbour@{tenant}-r.example"), key);
        Assert.Equal(["suppressed", "queued"], posted.Json["recipients"]!.AsArray().Select(r => Text(r!, "status")));
    }

    private static string Letter(string from, string subject, string words) => $"From: <{from}>\r\nTo: abuse@bounces.localhost\r\nSubject: {subject}\r\n\r\n{words}\r\n";

    private static string Report(string how, string data) => how switch
    {
        "attached" => $"From: <ann@c.example>\r\nSubject: spam\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nLook.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n{data}\r\n--b--\r\n",
        "quoted" => Letter("ann@c.example", "Fwd: spam", "Look:\r\n" + string.Join("\r\n", data.Split("\r\n").Select(line => "> " + line))),
        _ => Letter("ann@c.example", "spam", "These are its headers:\r\n\r\n" + data[..data.IndexOf("\r\n\r\n", StringComparison.Ordinal)]),
    };

    private static string Loop(ReceivedMessage message, string from) =>
        $"From: <{from}>\r\nTo: <fbl@bounces.localhost>\r\nSubject: complaint\r\nMIME-Version: 1.0\r\n"
        + "Content-Type: multipart/report; report-type=feedback-report; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nA report.\r\n"
        + $"--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: Test/1\r\nVersion: 1\r\nOriginal-Mail-From: <{message.Sender}>\r\n"
        + $"Original-Rcpt-To: <{message.Recipients[0]}>\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n{message.Data}\r\n--b--\r\n";

    private static object Mail(string tenant, params string[] to) => new { from = $"news@{tenant}.example", to, subject = "hello", text = "Hi" };

    private async Task<(string Tenant, ReceivedMessage Message)> DeliveredAsync(string tenant)
    {
        var key = await host.TenantAsync(tenant);
        var address = $"ann@{tenant}-r.example";
        Assert.Equal(HttpStatusCode.Accepted, (await host.CallAsync(HttpMethod.Post, "/v1/messages", Mail(tenant, address), key)).Status);
        var message = await host.ReceivedAsync(address);
        await host.DeliveredAsync(tenant, 1);
        return (tenant, message);
    }

    private async Task<HostFixture.Reply> FormAsync(string spammed, string message, string sender = "", string reporter = "", string when = "")
    {
        var stamp = host.Services.GetRequiredService<FormStamp>().Make(TimeProvider.System.GetUtcNow().AddMinutes(-1).AddMilliseconds(Interlocked.Increment(ref _number)));
        using var form = new MultipartFormDataContent
        {
            { new StringContent(spammed), "spammed" }, { new StringContent(message), "message" }, { new StringContent(""), "website" }, { new StringContent(sender), "sender" },
            { new StringContent(reporter), "reporter" }, { new StringContent(when), "when" }, { new StringContent(stamp), "stamp" },
        };
        return await host.CallAsync(HttpMethod.Post, "/abuse", form, key: null);
    }

    private async Task<JsonNode> CaseAsync(HostFixture.Reply done)
    {
        Assert.Equal(HttpStatusCode.OK, done.Status);
        return (await host.CallAsync(HttpMethod.Get, $"/v1/abuse/{CaseNumber().Match(done.Text).Groups[1].Value}")).Json;
    }

    // The newest case: a letter that is nothing but a message is answered without a number.
    private async Task<JsonNode> LetterAsync(SmtpDialogue smtp, string letter)
    {
        var before = await CasesAsync();
        Assert.StartsWith("250 2.0.0 Thank you", await smtp.MessageAsync("abuse@bounces.localhost", letter, "ann@c.example"), StringComparison.Ordinal);
        Assert.Equal(before + 1, await CasesAsync());
        var newest = (await host.CallAsync(HttpMethod.Get, "/v1/abuse?limit=1")).Json["cases"]![0]!;
        return (await host.CallAsync(HttpMethod.Get, $"/v1/abuse/{Text(newest, "id")}")).Json;
    }

    private async Task<int> CasesAsync() => (await host.CallAsync(HttpMethod.Get, "/v1/abuse?limit=1000")).Json["cases"]!.AsArray().Count;

    private async Task<int> ComplaintsAsync(string tenant) => (await host.CallAsync(HttpMethod.Get, $"/v1/tenants/{tenant}")).Json["counters"]!["complaints"]!.GetValue<int>();

    private async Task<IReadOnlyList<string>> SuppressedAsync(string tenant) =>
        [.. (await host.CallAsync(HttpMethod.Get, $"/v1/tenants/{tenant}/suppressions")).Json["suppressions"]!.AsArray().Select(s => Text(s!, "address"))];

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    [GeneratedRegex("case <strong>([0-9]+)</strong>")]
    private static partial Regex CaseNumber();
}
