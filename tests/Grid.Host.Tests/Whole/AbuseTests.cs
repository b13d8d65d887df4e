using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Grid.Host.Public;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Host.Tests.Whole;

public sealed partial class AbuseTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task Letter_to_abuse_is_kept_with_the_tenant_found_and_nothing_follows_by_itself()
    {
        var (tenant, message) = await DeliveredAsync("letter", "ann@lt-r.example");
        var quoted = string.Join("\r\n", message.Data.Split("\r\n").Select(line => "> " + line));
        using var smtp = await SmtpDialogue.OpenAsync(host.InboundPort, "127.0.2.1");

        var reply = await smtp.MessageAsync(
            "ABUSE@bounces.localhost", $"From: Ann <ann@lt-r.example>\r\nTo: abuse@bounces.localhost\r\nSubject: stop this spam\r\n\r\nI never asked for it:\r\n{quoted}\r\n", "ann@lt-r.example");

        Assert.Matches("^250 2.0.0 Thank you; this is case [0-9]+$", reply);
        var number = reply[(reply.LastIndexOf(' ') + 1)..];
        var found = (await host.CallAsync(HttpMethod.Get, $"/v1/abuse/{number}")).Json;
        Assert.Equal(("letter", "ann@lt-r.example", "stop this spam", tenant, "127.0.2.1"), (Text(found, "source"), Text(found, "reporter"), Text(found, "words"), Text(found, "tenant"), Text(found, "peer")));
        Assert.Contains("I never asked for it", Text(found, "evidence"), StringComparison.Ordinal);
        Assert.Equal(0, (await host.CallAsync(HttpMethod.Get, $"/v1/tenants/{tenant}")).Json["counters"]!["complaints"]!.GetValue<int>());
        Assert.Empty((await host.CallAsync(HttpMethod.Get, $"/v1/tenants/{tenant}/suppressions")).Json["suppressions"]!.AsArray());
    }

    [Theory]
    [InlineData("Auto-Submitted: auto-replied\r\nSubject: Re: case\r\n")]
    [InlineData("X-Autoreply: yes\r\nSubject: away\r\n")]
    [InlineData("Subject: Out of office\r\n")]
    public async Task Letter_that_answers_automatically_opens_no_case(string header)
    {
        using var smtp = await SmtpDialogue.OpenAsync(host.InboundPort, "127.0.2.2");

        Assert.Equal("250 2.0.0 Thank you", await smtp.MessageAsync("abuse@bounces.localhost", $"From: <a@b.example>\r\n{header}\r\nI am away.\r\n", "a@b.example"));

        Assert.DoesNotContain("127.0.2.2", (await host.CallAsync(HttpMethod.Get, "/v1/abuse?limit=1000")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_that_went_round_is_refused()
    {
        using var smtp = await SmtpDialogue.OpenAsync(host.InboundPort);
        var hops = string.Concat(Enumerable.Repeat("Received: from a by b\r\n", 101));

        Assert.StartsWith("554 5.4.6", await smtp.MessageAsync("abuse@bounces.localhost", $"{hops}From: <a@b.example>\r\n\r\nx\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("250", await smtp.MessageAsync("postmaster", $"{hops[23..]}From: <a@b.example>\r\nSubject: hello\r\n\r\nx\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_opens_a_case_finds_the_message_and_takes_the_address_off_the_list()
    {
        var (tenant, message) = await DeliveredAsync("form", "ann@fm-r.example");

        var done = await SendAsync("ann@fm-r.example", message.Data, reporter: "friend@else.example");

        Assert.Equal(HttpStatusCode.OK, done.Status);
        var number = CaseNumber().Match(done.Text).Groups[1].Value;
        var found = (await host.CallAsync(HttpMethod.Get, $"/v1/abuse/{number}")).Json;
        Assert.Equal(("form", "friend@else.example", "ann@fm-r.example", tenant), (Text(found, "source"), Text(found, "reporter"), Text(found, "spammedAddress"), Text(found, "tenant")));
        var suppressed = (await host.CallAsync(HttpMethod.Get, $"/v1/tenants/{tenant}/suppressions")).Json["suppressions"]!.AsArray();
        Assert.Equal(("ann@fm-r.example", $"abuse case {number}"), (Text(suppressed[0]!, "address"), Text(suppressed[0]!, "detail")));
    }

    [Fact]
    public async Task Form_that_names_another_address_than_the_headers_takes_nobody_off_a_list()
    {
        var (tenant, message) = await DeliveredAsync("otherform", "ann@of-r.example");

        Assert.Equal(HttpStatusCode.OK, (await SendAsync("bob@of-r.example", message.Data)).Status);

        Assert.Empty((await host.CallAsync(HttpMethod.Get, $"/v1/tenants/{tenant}/suppressions")).Json["suppressions"]!.AsArray());
    }

    [Theory]
    [InlineData("nobody", "Received: x\nSubject: y", "", true, "spammed-fault")]
    [InlineData("a@b.example", "just words", "", true, "message-fault")]
    [InlineData("a@b.example", "Received: x\nSubject: y", "http://robot.example", true, "role=\"alert\"")]
    [InlineData("a@b.example", "Received: x\nSubject: y", "", false, "sent too fast")]
    public async Task Form_that_lacks_something_says_what_and_keeps_what_was_entered(string spammed, string message, string trap, bool stamped, string expected)
    {
        var answer = await SendAsync(spammed, message, trap, sender: "<i>x</i>", stamped: stamped);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(expected, answer.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"&lt;i&gt;x&lt;/i&gt;\"", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_is_shown_without_a_script_and_every_input_has_a_label()
    {
        var page = await host.CallAsync(HttpMethod.Get, "/abuse", key: null);

        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.Status, page.MediaType));
        Assert.DoesNotContain("<script", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.True(page.Headers.Contains("Content-Security-Policy"));
        var ids = InputId().Matches(page.Text).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(8, ids.Length);
        Assert.All(ids, id => Assert.Contains($"<label for=\"{id}\">", page.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cases_are_listed_newest_first_and_the_operator_decides()
    {
        using var smtp = await SmtpDialogue.OpenAsync(host.InboundPort, "127.0.2.3");
        var numbers = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            var reply = await smtp.MessageAsync("abuse@bounces.localhost", $"From: <a{i}@b.example>\r\nSubject: letter\r\n\r\nx\r\n", "a@b.example");
            numbers.Add(reply[(reply.LastIndexOf(' ') + 1)..]);
        }

        var page = (await host.CallAsync(HttpMethod.Get, $"/v1/abuse?source=letter&limit=1&after={long.Parse(numbers[2], System.Globalization.CultureInfo.InvariantCulture) + 1}")).Json;
        Assert.Equal((numbers[2], numbers[2]), (Text(page["cases"]![0]!, "id"), Text(page, "next")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.CallAsync(HttpMethod.Post, $"/v1/abuse/{numbers[0]}", new { verdict = "maybe" })).Status);
        var decided = await host.CallAsync(HttpMethod.Post, $"/v1/abuse/{numbers[0]}", new { verdict = "notOurs", action = "told them" });
        Assert.Equal((HttpStatusCode.OK, "notOurs", "told them"), (decided.Status, Text(decided.Json, "verdict"), Text(decided.Json, "action")));
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Post, "/v1/abuse/999999", new { verdict = "spam" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Get, "/v1/abuse/x")).Status);
        Assert.DoesNotContain($"\"id\":\"{numbers[0]}\"", (await host.CallAsync(HttpMethod.Get, "/v1/abuse?open=true&limit=1000")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.CallAsync(HttpMethod.Get, "/v1/abuse?source=moon")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.CallAsync(HttpMethod.Get, "/v1/abuse", key: null)).Status);
    }

    private async Task<HostFixture.Reply> SendAsync(string spammed, string message, string trap = "", string sender = "", string reporter = "", bool stamped = true)
    {
        var stamps = host.Services.GetRequiredService<FormStamp>();
        var stamp = stamped ? stamps.Make(TimeProvider.System.GetUtcNow().AddMinutes(-1)) : stamps.Make();
        using var form = new MultipartFormDataContent
        {
            { new StringContent(spammed), "spammed" }, { new StringContent(message), "message" }, { new StringContent(trap), "website" },
            { new StringContent(sender), "sender" }, { new StringContent(reporter), "reporter" }, { new StringContent(stamp), "stamp" },
        };
        return await host.CallAsync(HttpMethod.Post, "/abuse", form, key: null);
    }

    private async Task<(string Tenant, ReceivedMessage Message)> DeliveredAsync(string tenant, string address)
    {
        var key = await host.TenantAsync(tenant);
        await host.CallAsync(
            HttpMethod.Post, "/v1/messages", new JsonObject { ["from"] = $"news@{tenant}.example", ["to"] = new JsonArray(address), ["subject"] = "hello", ["text"] = "Hi" }, key);
        var message = await host.ReceivedAsync(address);
        await host.DeliveredAsync(tenant, 1);
        return (tenant, message);
    }

    private static string Text(JsonNode node, string field) => node[field]!.GetValue<string>();

    [GeneratedRegex("case <strong>([0-9]+)</strong>")]
    private static partial Regex CaseNumber();

    [GeneratedRegex("<(?:input|textarea)[^>]* id=\"([^\"]+)\"")]
    private static partial Regex InputId();
}
