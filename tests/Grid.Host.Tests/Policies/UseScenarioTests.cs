using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Grid.Host.Tests.Whole;
using static Grid.Host.Tests.Policies.ClauseScene;

namespace Grid.Host.Tests.Policies;

/// <summary>What providers promise to tenants, or ask of all of them, whatever a policy's clauses: each at its edge and over it, over the real API.</summary>
public sealed partial class UseScenarioTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly ClauseScene _scene = new(host);

    [Theory]
    [InlineData("SC-03", "mailscale", "SC-18")]
    [InlineData("MU-14", "mailup", "MU-64")]
    public async Task Tenant_sees_its_own_rates_beside_their_limits_as_they_change(string clause, string policy, string limit)
    {
        var tenant = "sees-" + clause.ToLowerInvariant();
        var key = await _scene.TenantAsync(tenant, policy);
        var measure = Measure(await _scene.GetAsync("/v1/reputation", key), limit);
        Assert.Equal((0, 0.001m), (measure["events"]!.GetValue<int>(), measure["threshold"]!.GetValue<decimal>()));

        await _scene.HistoryAsync(tenant, 2000, complaints: 1);
        await _scene.CountedAsync($"/v1/tenants/{tenant}", "complaints", 1);

        measure = Measure(await _scene.GetAsync("/v1/reputation", key), limit);
        Assert.Equal((1, 2000, 0.0005m), (measure["events"]!.GetValue<int>(), measure["volume"]!.GetValue<int>(), measure["value"]!.GetValue<decimal>()));
    }

    [Fact]
    public async Task SC_04_SC_05_SC_12_message_is_checked_before_it_is_sent_with_what_to_do_about_each_finding_and_nothing_is_kept()
    {
        var key = await _scene.TenantAsync("checked", "mailscale");
        var good = await _scene.PostAsync("checked", key, path: "/v1/messages/check");
        Assert.True(good.Json["accepted"]!.GetValue<bool>(), good.Text);
        Assert.Empty(good.Json["findings"]!.AsArray());

        var bad = await host.CallAsync(
            HttpMethod.Post,
            "/v1/messages/check",
            new { from = "news@checked.example", to = new[] { "someone@gmail.com" }, subject = "Hello", text = "Hello\n", stream = "bulk", consent = new { method = "b2b-unsolicited", at = "2026-01-01T00:00:00Z", source = "research" } },
            key);

        Assert.False(bad.Json["accepted"]!.GetValue<bool>());
        var findings = bad.Json["findings"]!.AsArray();
        Assert.True(findings.Count > 2, bad.Text);
        Assert.All(findings, finding => Assert.True(Text(finding!, "clause").Length > 0 && Text(finding!, "message").Length > 0));
        Assert.Equal(0, (await _scene.GetAsync("/v1/queue"))["byTenant"]!.AsArray().Count(share => Text(share!, "name") == "checked"));
    }

    [Fact]
    public async Task SC_23_floods_are_refused_beyond_each_limit_and_not_at_it()
    {
        var key = await host.TenantAsync("flood", new { messagesPerHour = 1002 });
        Task<HostFixture.Reply> Post(int recipients) => host.CallAsync(
            HttpMethod.Post, "/v1/messages", new { from = "news@flood.example", to = Enumerable.Range(0, recipients).Select(i => $"r{i}@flood-r.example"), subject = "hello", text = "Hi" }, key);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Post(1001)).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await Post(1000)).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await Post(2)).Status);
        var throttled = await Post(1);
        Assert.Equal((HttpStatusCode.TooManyRequests, true), (throttled.Status, throttled.Headers.RetryAfter is not null));
        var batch = await host.CallAsync(HttpMethod.Post, "/v1/messages/batch", new { messages = Enumerable.Range(0, 1001).Select(_ => new { }) }, key);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, batch.Status);
    }

    [Fact]
    public async Task MU_04_mail_is_commercial_by_its_declared_purpose_alike_on_every_way_in()
    {
        var key = await _scene.TenantAsync("purpose", "mailup");
        object Fields(string stream) => new { from = "news@purpose.example", to = new[] { "you@client.example" }, subject = "Your order", text = "Thank you for your order\n", stream };
        Task<HostFixture.Reply> Raw(string stream) => host.CallAsync(
            HttpMethod.Post,
            $"/v1/messages/raw?to=you@client.example&stream={stream}",
            new ByteArrayContent(Encoding.ASCII.GetBytes("From: <news@purpose.example>\r\nTo: <you@client.example>\r\nSubject: Your order\r\n\r\nThank you for your order\r\n")) { Headers = { ContentType = new("message/rfc822") } },
            key);

        Assert.Equal(HttpStatusCode.Accepted, (await host.CallAsync(HttpMethod.Post, "/v1/messages", Fields("transactional"), key)).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await Raw("transactional")).Status);
        var (fields, raw) = (await host.CallAsync(HttpMethod.Post, "/v1/messages", Fields("bulk"), key), await Raw("bulk"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (fields.Status, raw.Status));
        Assert.Contains("MU-06", fields.Text, StringComparison.Ordinal);
        Assert.Contains("MU-06", raw.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MU_39_MU_43_double_opt_in_is_accepted_and_goes_on_when_a_push_disallows_single_opt_in()
    {
        await PushAsync("mu39", "policy: mu39\nextends: mailup\n");
        var key = await _scene.TenantAsync("optin", "mu39");
        Assert.Equal(HttpStatusCode.Accepted, (await ConsentedAsync(key, "double-opt-in")).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await ConsentedAsync(key, "single-opt-in")).Status);

        await PushAsync("mu39", "policy: mu39\nextends: mailup\nparameters: {consent: {bases: [double-opt-in]}}\n");

        Assert.Equal(HttpStatusCode.Accepted, (await ConsentedAsync(key, "double-opt-in")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ConsentedAsync(key, "single-opt-in")).Status);
    }

    [Fact]
    public async Task MU_37_MU_51_whoever_asked_for_removal_at_any_time_is_mailed_no_more_and_the_others_are()
    {
        var key = await _scene.TenantAsync("leaver", "mailup");
        Assert.Equal(HttpStatusCode.Accepted, (await _scene.PostAsync("leaver", key, to: "ann@leaver-r.example")).Status);
        var link = OptOut().Match((await host.ReceivedAsync("ann@leaver-r.example")).Data.Replace("\r\n ", "", StringComparison.Ordinal)).Groups[1].Value;
        await host.DeliveredAsync("leaver", 1);
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Get, link, key: null)).Status);
        Assert.Equal("queued", Status(await _scene.PostAsync("leaver", key, to: "ann@leaver-r.example")));

        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Post, link, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]), null)).Status);

        Assert.Equal("suppressed", Status(await _scene.PostAsync("leaver", key, to: "Ann@leaver-r.example")));
        Assert.Equal("queued", Status(await _scene.PostAsync("leaver", key, to: "bob@leaver-r.example")));
    }

    [Fact]
    public async Task MU_63_complaint_rate_is_of_what_was_delivered_and_not_of_what_bounced()
    {
        var key = await _scene.TenantAsync("ratio", "mailup");
        await _scene.HistoryAsync("ratio", 10_000, complaints: 10, bounces: 19);
        await _scene.CountedAsync("/v1/tenants/ratio", "complaints", 10);

        var measure = Measure(await _scene.GetAsync("/v1/reputation", key), "MU-64");

        Assert.Equal((10, 10_000, 0.001m), (measure["events"]!.GetValue<int>(), measure["volume"]!.GetValue<int>(), measure["value"]!.GetValue<decimal>()));
        Assert.NotEqual("suspended", Text(await _scene.GetAsync("/v1/tenants/ratio"), "state"));
        await _scene.ComplainAsync();
        Assert.Equal("suspended", Text(await _scene.GetAsync("/v1/tenants/ratio"), "state"));
    }

    private static JsonNode Measure(JsonNode reputation, string clause) => reputation["measures"]!.AsArray().First(m => Text(m!, "clause") == clause)!;

    private static string Status(HostFixture.Reply posted) => Text(posted.Json["recipients"]![0]!, "status");

    private async Task PushAsync(string name, string text) =>
        Assert.True((await host.CallAsync(HttpMethod.Put, "/v1/policies/" + name, new StringContent(text, Encoding.UTF8, "application/yaml"))).Status is HttpStatusCode.Created or HttpStatusCode.OK);

    private Task<HostFixture.Reply> ConsentedAsync(string key, string method) => host.CallAsync(
        HttpMethod.Post,
        "/v1/messages",
        new
        {
            from = "News <news@optin.example>",
            to = new[] { "you@client.example" },
            subject = "Hello",
            stream = "bulk",
            text = $"Hello\n{Address("optin")}\nUnsubscribe: https://shop.example/leave?x=1\n",
            consent = new { method, at = "2026-01-01T00:00:00Z", ip = "192.0.2.1", source = "form", notice = "v1" },
        },
        key);

    [GeneratedRegex("List-Unsubscribe: <https?://[^/]+(/u/[^>]+)>")]
    private static partial Regex OptOut();
}
