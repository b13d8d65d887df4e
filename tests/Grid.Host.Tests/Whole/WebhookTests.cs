using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Grid.Host.Tests.Webhooks;

namespace Grid.Host.Tests.Whole;

public sealed class WebhookTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task Webhook_gets_signed_outcomes_with_campaign_and_metadata()
    {
        var key = await host.TenantAsync("hooked");
        await using var receiver = await HookReceiver.StartAsync();
        var put = await host.CallAsync(HttpMethod.Put, "/v1/webhooks/main", new { url = receiver.Url, events = new[] { "delivered" } }, key);
        Assert.Equal((HttpStatusCode.Created, "active"), (put.Status, put.Json["state"]!.GetValue<string>()));

        await SendAsync(key, "hooked", "a@hook-r.example");
        var hook = await receiver.NextAsync();

        var secret = Convert.FromBase64String(put.Json["secret"]!.GetValue<string>()["whsec_".Length..]);
        var signed = Encoding.UTF8.GetBytes($"{hook.Headers["webhook-id"]}.{hook.Headers["webhook-timestamp"]}.{hook.Body}");
        Assert.Equal("v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, signed)), hook.Headers["webhook-signature"]);
        var sent = Assert.Single(JsonNode.Parse(hook.Body)!["data"]!["events"]!.AsArray())!;
        Assert.Equal(("delivered", "a@hook-r.example", "spring", "7"), (
            sent["type"]!.GetValue<string>(), sent["recipient"]!.GetValue<string>(), sent["campaign"]!.GetValue<string>(), sent["metadata"]!["order"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Webhook_secret_is_shown_once_and_a_renewed_one_signs_beside_the_old()
    {
        var key = await host.TenantAsync("secretive");
        await using var receiver = await HookReceiver.StartAsync();
        var put = await host.CallAsync(HttpMethod.Put, "/v1/webhooks/main", new { url = receiver.Url }, key);
        Assert.NotNull(put.Json["secret"]);
        Assert.Null((await host.CallAsync(HttpMethod.Get, "/v1/webhooks/main", key: key)).Json["secret"]);
        Assert.Null((await host.CallAsync(HttpMethod.Put, "/v1/webhooks/main", new { url = receiver.Url }, key)).Json["secret"]);

        var renewed = await host.CallAsync(HttpMethod.Post, "/v1/webhooks/main/secret", key: key);
        await SendAsync(key, "secretive", "a@hook-r.example");
        var hook = await receiver.NextAsync();

        Assert.Equal(HttpStatusCode.Created, renewed.Status);
        Assert.NotEqual(put.Json["secret"]!.GetValue<string>(), renewed.Json["secret"]!.GetValue<string>());
        Assert.Equal(2, hook.Headers["webhook-signature"].Split(' ').Length);
    }

    [Fact]
    public async Task Webhook_that_is_paused_gets_nothing_until_it_is_resumed_and_then_all()
    {
        var key = await host.TenantAsync("pausing");
        await using var receiver = await HookReceiver.StartAsync();
        await host.CallAsync(HttpMethod.Put, "/v1/webhooks/main", new { url = receiver.Url }, key);
        Assert.Equal("paused", (await host.CallAsync(HttpMethod.Post, "/v1/webhooks/main/pause", key: key)).Json["state"]!.GetValue<string>());
        await SendAsync(key, "pausing", "a@hook-r.example");
        await host.DeliveredAsync("pausing", 1);
        Assert.Equal(0, receiver.Count);

        Assert.Equal("active", (await host.CallAsync(HttpMethod.Post, "/v1/webhooks/main/resume", key: key)).Json["state"]!.GetValue<string>());

        Assert.Contains("a@hook-r.example", (await receiver.NextAsync()).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Webhook_is_sent_again_what_happened_since_a_time()
    {
        var key = await host.TenantAsync("again");
        await using var receiver = await HookReceiver.StartAsync();
        await host.CallAsync(HttpMethod.Put, "/v1/webhooks/main", new { url = receiver.Url }, key);
        await SendAsync(key, "again", "a@hook-r.example");
        var first = await receiver.NextAsync();

        var replay = await host.CallAsync(HttpMethod.Post, "/v1/webhooks/main/replay", new { from = "2026-01-01T00:00:00Z" }, key);

        Assert.Equal(HttpStatusCode.Accepted, replay.Status);
        Assert.Equal(Events(first), Events(await receiver.NextAsync()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.CallAsync(HttpMethod.Post, "/v1/webhooks/main/replay", new { from = "yesterday" }, key)).Status);
    }

    [Fact]
    public async Task Webhook_whose_receiver_is_away_says_so_and_a_mended_url_is_tried_at_once()
    {
        var key = await host.TenantAsync("mended");
        string url;
        await using (var gone = await HookReceiver.StartAsync())
        {
            url = gone.Url;
        }

        await host.CallAsync(HttpMethod.Put, "/v1/webhooks/main", new { url }, key);
        await SendAsync(key, "mended", "a@hook-r.example");
        var shown = await host.UntilAsync("/v1/webhooks/main", hook => hook["state"]!.GetValue<string>() == "failing", key);

        Assert.Equal("no connection: ConnectionRefused", shown["lastError"]!.GetValue<string>());
        Assert.NotNull(shown["nextAttempt"]);
        Assert.Equal("failing", (await host.CallAsync(HttpMethod.Get, "/v1/tenants/mended/webhooks")).Json["webhooks"]![0]!["state"]!.GetValue<string>());
        await using var receiver = await HookReceiver.StartAsync();
        await host.CallAsync(HttpMethod.Put, "/v1/webhooks/main", new { url = receiver.Url }, key);
        Assert.Contains("a@hook-r.example", (await receiver.NextAsync()).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Webhook_whose_receiver_wants_no_more_is_paused_and_the_tenant_is_told()
    {
        var key = await host.TenantAsync("gonehook");
        await host.CallAsync(HttpMethod.Put, "/v1/tenants/gonehook", new { name = "gonehook", policy = "default", sendingDomains = new[] { "gonehook.example" }, profile = new { contactEmail = "ops@gonehook.example" } });
        await using var receiver = await HookReceiver.StartAsync();
        receiver.Answers = context =>
        {
            context.Response.StatusCode = 410;
            return Task.CompletedTask;
        };
        await host.CallAsync(HttpMethod.Put, "/v1/webhooks/main", new { url = receiver.Url }, key);
        await SendAsync(key, "gonehook", "a@hook-r.example");

        var mail = await host.ReceivedAsync("ops@gonehook.example");
        Assert.Contains("Subject: Your webhook main is paused\r\n", mail.Data, StringComparison.Ordinal);
        var notice = (await host.CallAsync(HttpMethod.Get, "/v1/notices", key: key)).Json["webhooks"]!.AsArray().Single()!;
        Assert.Equal("main", notice["webhook"]!.GetValue<string>());
        Assert.Contains("the receiver answered 410", notice["words"]!.GetValue<string>(), StringComparison.Ordinal);

        await host.CallAsync(HttpMethod.Post, "/v1/webhooks/main/pause", null, key);
        await host.CallAsync(HttpMethod.Post, "/v1/webhooks/main/resume", null, key);
        await host.CallAsync(HttpMethod.Post, "/v1/webhooks/main/pause", null, key);
        Assert.DoesNotContain("paused by the tenant", (await host.CallAsync(HttpMethod.Get, "/v1/notices", key: key)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Webhooks_are_listed_and_removed_and_belong_to_their_tenant()
    {
        var (key, other) = (await host.TenantAsync("lister"), await host.TenantAsync("stranger"));
        foreach (var name in new[] { "b", "a" })
        {
            await host.CallAsync(HttpMethod.Put, $"/v1/webhooks/{name}", new { url = "http://127.0.0.1:9/", format = name == "a" ? "sendgrid" : "standard" }, key);
        }

        var listed = (await host.CallAsync(HttpMethod.Get, "/v1/webhooks", key: key)).Json["webhooks"]!.AsArray();
        Assert.Equal([("a", "sendgrid"), ("b", "standard")], listed.Select(w => (w!["name"]!.GetValue<string>(), w["format"]!.GetValue<string>())));
        Assert.NotNull(listed[0]!["publicKey"]);
        Assert.Equal(HttpStatusCode.Conflict, (await host.CallAsync(HttpMethod.Put, "/v1/webhooks/a", new { url = "http://127.0.0.1:9/", format = "standard" }, key)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Get, "/v1/webhooks/a", key: other)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Delete, "/v1/webhooks/a", key: other)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await host.CallAsync(HttpMethod.Delete, "/v1/webhooks/a", key: key)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Get, "/v1/webhooks/a", key: key)).Status);
    }

    [Fact]
    public async Task Webhooks_of_a_tenant_are_bounded()
    {
        var key = await host.TenantAsync("many");
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.Created, (await host.CallAsync(HttpMethod.Put, $"/v1/webhooks/w{i}", new { url = "http://127.0.0.1:9/" }, key)).Status);
        }

        Assert.Equal(HttpStatusCode.Conflict, (await host.CallAsync(HttpMethod.Put, "/v1/webhooks/w10", new { url = "http://127.0.0.1:9/" }, key)).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Put, "/v1/webhooks/w9", new { url = "http://127.0.0.1:9/" }, key)).Status);
    }

    [Theory]
    [InlineData("UPPER", "http://127.0.0.1:9/", "delivered", "standard", "name")]
    [InlineData("a", "ftp://127.0.0.1/", "delivered", "standard", "url")]
    [InlineData("a", "http://2130706433/", "delivered", "standard", "url")]
    [InlineData("a", "http://127.0.0.1:9/", "opened", "standard", "events[0]")]
    [InlineData("a", "http://127.0.0.1:9/", "delivered", "xml", "format")]
    public async Task Webhook_that_breaks_a_rule_is_refused_by_field(string name, string url, string kind, string format, string field)
    {
        var key = await host.TenantAsync("faulty-" + Guid.NewGuid().ToString("N"));

        var put = await host.CallAsync(HttpMethod.Put, $"/v1/webhooks/{name}", new { url, events = new[] { kind }, format }, key);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, field), (put.Status, put.Json["errors"]![0]!["field"]!.GetValue<string>()));
    }

    private static IEnumerable<string> Events(HookReceiver.Hook hook) => JsonNode.Parse(hook.Body)!["data"]!["events"]!.AsArray().Select(e => e!["id"]!.GetValue<string>());

    private async Task SendAsync(string key, string tenant, string to) => Assert.Equal(HttpStatusCode.Accepted, (await host.CallAsync(
        HttpMethod.Post,
        "/v1/messages",
        new { from = $"a@{tenant}.example", to = new[] { to }, subject = "s", text = "t", campaign = "spring", metadata = new { order = "7" } },
        key)).Status);
}
