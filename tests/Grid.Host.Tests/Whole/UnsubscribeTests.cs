using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Grid.Core.Feedback;
using Grid.Host.Feedback;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Host.Tests.Whole;

public sealed partial class UnsubscribeTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task One_click_is_honoured_at_once_and_a_repeat_is_harmless()
    {
        var (tenant, key, link, _) = await DeliveredAsync("oneclick", "ann@oc-r.example");

        for (var again = 0; again < 3; again++)
        {
            var done = await host.CallAsync(HttpMethod.Post, link, Form("List-Unsubscribe=One-Click"), key: null);
            Assert.Equal((HttpStatusCode.OK, "text/html"), (done.Status, done.MediaType));
        }

        Assert.Equal("suppressed", await StatusAsync(tenant, key, "Ann@OC-r.example", "bulk"));
        Assert.Equal("queued", await StatusAsync(tenant, key, "ann@oc-r.example", "transactional"));
        Assert.Equal(1, (await host.CallAsync(HttpMethod.Get, $"/v1/tenants/{tenant}")).Json["counters"]!["unsubscribes"]!.GetValue<int>());
        Assert.Equal(HttpStatusCode.Conflict, (await host.CallAsync(HttpMethod.Delete, "/v1/suppressions/ann@oc-r.example", key: key)).Status);
        Assert.Contains("grid_unsubscribe_delay_seconds_count{way=\"link\"}", (await host.CallAsync(HttpMethod.Get, "/metrics", key: null)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_click_as_multipart_form_data_is_honoured()
    {
        var (tenant, key, link, _) = await DeliveredAsync("multipart", "ann@mp-r.example");
        using var form = new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } };

        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Post, link, form, key: null)).Status);

        Assert.Equal("suppressed", await StatusAsync(tenant, key, "ann@mp-r.example", "bulk"));
    }

    [Fact]
    public async Task Following_the_link_changes_nothing_and_shows_a_page_that_needs_no_script()
    {
        var (tenant, key, link, _) = await DeliveredAsync("scanner", "ann@sc-r.example");

        var page = await host.CallAsync(HttpMethod.Get, link, key: null, language: "de-AT,de;q=0.9");
        var head = await host.CallAsync(HttpMethod.Head, link, key: null);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, ""), (page.Status, head.Status, head.Text));
        Assert.Contains("<html lang=\"de\">", page.Text, StringComparison.Ordinal);
        Assert.Contains("a…@sc-r.example", WebUtility.HtmlDecode(page.Text), StringComparison.Ordinal);
        Assert.DoesNotContain("ann@", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("style=", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'", page.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("no-store", page.Headers.CacheControl!.ToString());
        Assert.Equal("queued", await StatusAsync(tenant, key, "ann@sc-r.example", "bulk"));
        var style = await host.CallAsync(HttpMethod.Get, "/u/style.css", key: null);
        Assert.Equal((HttpStatusCode.OK, "text/css"), (style.Status, style.MediaType));
    }

    [Fact]
    public async Task Page_every_input_has_a_label_and_the_tenants_name_is_text()
    {
        var (_, _, link, _) = await DeliveredAsync("markup", "ann@mk-r.example", name: "<b>Evil</b> & \"Co\"");

        var page = await host.CallAsync(HttpMethod.Get, link, key: null);

        Assert.DoesNotContain("<b>Evil", page.Text, StringComparison.Ordinal);
        Assert.Contains("<b>Evil</b> & \"Co\"", WebUtility.HtmlDecode(page.Text), StringComparison.Ordinal);
        var ids = InputId().Matches(page.Text).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(3, ids.Length);
        Assert.All(ids, id => Assert.Contains($"<label for=\"{id}\">", page.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("list", "queued", "queued")]
    [InlineData("sender", "suppressed", "queued")]
    [InlineData("everyone", "queued", "suppressed")]
    public async Task Page_stops_what_was_chosen(string scope, string transactional, string elsewhere)
    {
        var address = $"ann@{scope}-r.example";
        var (tenant, key, link, _) = await DeliveredAsync("choice" + scope, address);
        var other = await host.TenantAsync("other" + scope);

        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Post, link, Form($"scope={scope}"), key: null)).Status);

        Assert.Equal("suppressed", await StatusAsync(tenant, key, address, "bulk"));
        Assert.Equal(transactional, await StatusAsync(tenant, key, address, "transactional"));
        Assert.Equal(elsewhere, await StatusAsync("other" + scope, other, address, "bulk"));
    }

    [Fact]
    public async Task Link_to_several_recipients_asks_for_the_address_and_takes_only_one_of_them()
    {
        var key = await host.TenantAsync("several");
        await host.CallAsync(HttpMethod.Post, "/v1/messages", Message("several", "bulk", "ann@sv-r.example", "bob@sv-r.example"), key);
        var message = await host.ReceivedAsync("ann@sv-r.example");
        await host.DeliveredAsync("several", 2);
        var link = LinkOf(message);

        Assert.DoesNotContain("One-Click", message.Data, StringComparison.Ordinal);
        Assert.Contains("type=\"email\"", (await host.CallAsync(HttpMethod.Get, link, key: null)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.CallAsync(HttpMethod.Post, link, Form("List-Unsubscribe=One-Click"), key: null)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.CallAsync(HttpMethod.Post, link, Form("scope=list&address=eve%40sv-r.example"), key: null)).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Post, link, Form("scope=list&address=Bob%40sv-r.example"), key: null)).Status);

        Assert.Equal("suppressed", await StatusAsync("several", key, "bob@sv-r.example", "bulk"));
        Assert.Equal("queued", await StatusAsync("several", key, "ann@sv-r.example", "bulk"));
    }

    [Fact]
    public async Task Link_to_several_recipients_of_a_forgotten_message_takes_few_addresses_and_only_from_its_sender()
    {
        // Whoever has such a link could have taken everybody off the list, and off those of all other tenants.
        var (key, other) = (await host.TenantAsync("forgetful"), await host.TenantAsync("bystander"));
        var link = "/u/" + host.Services.GetRequiredService<UnsubscribeKeys>().Links.Seal(new("forgetful", new(4711), MessageToken.WholeMessage, ""));
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Post, link, Form($"scope=everyone&address=v{i}%40fg-r.example"), key: null)).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await host.CallAsync(HttpMethod.Post, link, Form("scope=everyone&address=v20%40fg-r.example"), key: null)).Status);
        Assert.Equal("suppressed", await StatusAsync("forgetful", key, "v19@fg-r.example", "transactional"));
        Assert.Equal("queued", await StatusAsync("forgetful", key, "v20@fg-r.example", "bulk"));
        Assert.Equal("queued", await StatusAsync("bystander", other, "v19@fg-r.example", "bulk"));

        // By mail it is no other door.
        var keys = host.Services.GetRequiredService<UnsubscribeKeys>();
        using var smtp = await SmtpDialogue.OpenAsync(host.InboundPort);
        var address = $"unsubscribe+{keys.Mails.Sign(new(4711), MessageToken.WholeMessage)}@bounces.localhost";
        Assert.StartsWith("250", await smtp.MessageAsync(address, $"From: v21@fg-r.example\r\nSubject: {link[3..]}\r\n\r\nx\r\n", "v21@fg-r.example"), StringComparison.Ordinal);
        Assert.Equal("queued", await StatusAsync("forgetful", key, "v21@fg-r.example", "bulk"));
    }

    [Theory]
    [InlineData("suspended")]
    [InlineData("terminated")]
    public async Task Links_work_whatever_became_of_the_tenant(string state)
    {
        var address = $"ann@{state}-r.example";
        var (tenant, _, link, _) = await DeliveredAsync("was" + state, address);
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Post, $"/v1/tenants/{tenant}/state", new { state, reason = "test" })).Status);

        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Get, link, key: null)).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Post, link, Form("List-Unsubscribe=One-Click"), key: null)).Status);

        var list = (await host.CallAsync(HttpMethod.Get, $"/v1/tenants/{tenant}/suppressions")).Json["suppressions"]!.AsArray();
        Assert.Equal(("unsubscribe", "bulk", "recipient", address), (Of(list, "reason"), Of(list, "scope"), Of(list, "by"), Of(list, "address")));
    }

    [Fact]
    public async Task Token_altered_or_invented_is_no_page_and_changes_nothing()
    {
        var (tenant, key, link, _) = await DeliveredAsync("altered", "ann@al-r.example");
        var altered = link[..^1] + (link[^1] == 'A' ? 'B' : 'A');

        foreach (var bad in (string[])[altered, "/u/x", "/u/" + new string('A', 2000), link[..^3]])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Get, bad, key: null)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Post, bad, Form("List-Unsubscribe=One-Click"), key: null)).Status);
        }

        Assert.Equal("queued", await StatusAsync(tenant, key, "ann@al-r.example", "bulk"));
    }

    [Fact]
    public async Task Mail_to_the_unsubscribe_address_is_honoured_whatever_its_from()
    {
        var (tenant, key, _, mail) = await DeliveredAsync("mailto", "ann@mt-r.example");
        var (address, subject) = (mail.Split('?')[0], mail.Split("subject=")[1]);
        using var smtp = await SmtpDialogue.OpenAsync(host.InboundPort);

        Assert.StartsWith("550 5.1.1", await smtp.RecipientAsync("unsubscribe+aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@bounces.localhost"), StringComparison.Ordinal);
        Assert.StartsWith("550 5.1.1", await smtp.RecipientAsync("unsubscribe@bounces.localhost"), StringComparison.Ordinal);
        Assert.StartsWith("250", await smtp.MessageAsync(address, $"From: <>\r\nSubject: {subject}\r\n\r\n", from: ""), StringComparison.Ordinal);
        Assert.Equal("queued", await StatusAsync(tenant, key, "ann@mt-r.example", "bulk"));
        Assert.StartsWith("250", await smtp.MessageAsync(address.ToUpperInvariant(), "From: <other@else.example>\r\nSubject: unsubscribe\r\n\r\nplease\r\n", from: "other@else.example"), StringComparison.Ordinal);

        Assert.Equal("suppressed", await StatusAsync(tenant, key, "ann@mt-r.example", "bulk"));
    }

    [Fact]
    public async Task Mail_with_the_whole_token_in_its_folded_subject_is_honoured()
    {
        var (tenant, key, _, mail) = await DeliveredAsync("folded", "ann@fo-r.example");
        var (address, subject) = (mail.Split('?')[0], mail.Split("subject=")[1]);
        using var smtp = await SmtpDialogue.OpenAsync(host.InboundPort);

        await smtp.MessageAsync(address, $"From: <ann@fo-r.example>\r\nSubject: {subject[..40]}\r\n {subject[40..]}\r\n\r\n", from: "ann@fo-r.example");

        Assert.Equal("suppressed", await StatusAsync(tenant, key, "ann@fo-r.example", "bulk"));
    }

    [Fact]
    public async Task Queued_mail_is_not_sent_after_the_click()
    {
        var (tenant, key, link, _) = await DeliveredAsync("queued", "ann@qu-r.example");
        await host.CallAsync(HttpMethod.Post, "/v1/queue/pause", new { tenant });
        var waiting = (await host.CallAsync(HttpMethod.Post, "/v1/messages", Message(tenant, "bulk", "ann@qu-r.example"), key)).Json["id"]!.GetValue<string>();

        await host.CallAsync(HttpMethod.Post, link, Form("List-Unsubscribe=One-Click"), key: null);
        await host.CallAsync(HttpMethod.Post, "/v1/queue/resume", new { tenant });

        Assert.Equal("suppressed", await EndedAsync(waiting, key));
    }

    private async Task<string> EndedAsync(string id, string key) =>
        (await host.UntilAsync($"/v1/messages/{id}", message => message["state"]!.GetValue<string>() is not ("queued" or "deferred"), key))["state"]!.GetValue<string>();

    private async Task<(string Tenant, string Key, string Link, string Mail)> DeliveredAsync(string tenant, string address, string? name = null)
    {
        var key = await host.TenantAsync(tenant);
        if (name is not null)
        {
            await host.CallAsync(HttpMethod.Put, $"/v1/tenants/{tenant}", new { name, policy = "default", sendingDomains = new[] { $"{tenant}.example" } });
        }

        await host.CallAsync(HttpMethod.Post, "/v1/messages", Message(tenant, "bulk", address), key);
        var message = await host.ReceivedAsync(address);
        await host.DeliveredAsync(tenant, 1);
        Assert.Contains("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", message.Data, StringComparison.Ordinal);
        return (tenant, key, LinkOf(message), MailLink().Match(Unfold(message)).Groups[1].Value);
    }

    /// <summary>What would become of a further message.</summary>
    private async Task<string> StatusAsync(string tenant, string key, string address, string stream) =>
        (await host.CallAsync(HttpMethod.Post, "/v1/messages/check", Message(tenant, stream, address), key)).Json["recipients"]![0]!["status"]!.GetValue<string>();

    private static JsonObject Message(string tenant, string stream, params string[] to) => new()
    {
        ["from"] = $"News <news@{tenant}.example>",
        ["to"] = new JsonArray([.. to]),
        ["subject"] = "hello",
        ["text"] = "Hi",
        ["stream"] = stream,
    };

    private static string Of(JsonArray list, string field) => list[0]![field]!.GetValue<string>();

    private static StringContent Form(string fields) => new(fields, Encoding.ASCII, "application/x-www-form-urlencoded");

    private static string Unfold(ReceivedMessage message) => message.Data.Replace("\r\n ", " ", StringComparison.Ordinal);

    private static string LinkOf(ReceivedMessage message) => WebLink().Match(Unfold(message)).Groups[1].Value;

    [GeneratedRegex(@"\nList-Unsubscribe: <http://[^/>]*(/u/[^>]+)>")]
    private static partial Regex WebLink();

    [GeneratedRegex(@"<mailto:([^>]+)>")]
    private static partial Regex MailLink();

    [GeneratedRegex("<input [^>]*id=\"([^\"]+)\"")]
    private static partial Regex InputId();
}
