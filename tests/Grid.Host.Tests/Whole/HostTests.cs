using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Grid.Host.Api.Access;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Host.Tests.Whole;

public sealed class HostTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const HttpStatusCode Unprocessable = HttpStatusCode.UnprocessableEntity;

    [Fact]
    public async Task Keys_each_endpoint_takes_the_right_one_only()
    {
        var tenant = await host.TenantAsync("keys");

        Assert.Equal(HttpStatusCode.Unauthorized, (await host.CallAsync(HttpMethod.Get, "/v1/tenants", key: null)).Status);
        var wrong = await host.CallAsync(HttpMethod.Get, "/v1/tenants", key: "gk_0123456789abcdef_wrong");
        Assert.Equal((HttpStatusCode.Unauthorized, "application/problem+json", "urn:grid:problem:unauthorized"), (wrong.Status, wrong.MediaType, wrong.Json["type"]!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.Forbidden, (await host.CallAsync(HttpMethod.Get, "/v1/tenants", key: tenant)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.CallAsync(HttpMethod.Get, "/v1/events")).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Get, "/v1/events", key: tenant)).Status);
    }

    [Fact]
    public void Endpoints_all_but_the_public_ones_ask_for_a_key()
    {
        string[] open = ["/health/live", "/health/ready", "/metrics", "/openapi/{documentName}.json"];

        var bare = host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText is { } path && (path.StartsWith("/v1", StringComparison.Ordinal) || path.StartsWith("/v3", StringComparison.Ordinal) || open.Contains(path)))
            .Where(endpoint => endpoint.Metadata.GetMetadata<KeyRequirement>() is null)
            .Select(endpoint => endpoint.RoutePattern.RawText!).Distinct().Order();

        Assert.Equal(open.Order(), bare);
    }

    [Fact]
    public async Task Key_revoked_opens_nothing_at_once()
    {
        var key = await host.TenantAsync("revoked");
        var id = (await host.CallAsync(HttpMethod.Get, "/v1/tenants/revoked/keys")).Json["keys"]![0]!["id"]!.GetValue<string>();

        Assert.Equal(HttpStatusCode.NoContent, (await host.CallAsync(HttpMethod.Delete, $"/v1/tenants/revoked/keys/{id}")).Status);

        Assert.Equal(HttpStatusCode.Unauthorized, (await host.CallAsync(HttpMethod.Get, "/v1/events", key: key)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Delete, $"/v1/tenants/revoked/keys/{id}")).Status);
    }

    [Fact]
    public async Task Message_is_accepted_delivered_shown_complained_about_and_its_recipient_suppressed()
    {
        var key = await host.TenantAsync("life");
        var posted = await host.CallAsync(HttpMethod.Post, "/v1/messages", Message("life", "a@life-r.example"), key);
        Assert.Equal((HttpStatusCode.Accepted, "queued"), (posted.Status, posted.Json["recipients"]![0]!["status"]!.GetValue<string>()));
        var id = posted.Json["id"]!.GetValue<string>();
        var received = await host.ReceivedAsync("a@life-r.example");
        await host.DeliveredAsync("life", 1);

        var report = await host.CallAsync(HttpMethod.Post, "/v1/feedback", Arf(received));
        Assert.Equal((HttpStatusCode.OK, "complaint", true, "life", id), (
            report.Status, report.Json["kind"]!.GetValue<string>(), report.Json["matched"]!.GetValue<bool>(), report.Json["tenant"]!.GetValue<string>(), report.Json["messageId"]!.GetValue<string>()));
        await host.CallAsync(HttpMethod.Post, "/v1/feedback", Arf(received));

        Assert.Equal(1, (await host.CallAsync(HttpMethod.Get, "/v1/tenants/life")).Json["counters"]!["complaints"]!.GetValue<int>());
        Assert.Equal("complained", (await host.CallAsync(HttpMethod.Get, $"/v1/messages/{id}", key: key)).Json["state"]!.GetValue<string>());
        var again = await host.CallAsync(HttpMethod.Post, "/v1/messages", Message("life", "A@life-r.example"), key);
        Assert.Equal("suppressed", again.Json["recipients"]![0]!["status"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.Conflict, (await host.CallAsync(HttpMethod.Delete, "/v1/suppressions/a@life-r.example", key: key)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Get, $"/v1/messages/{id}", key: await host.TenantAsync("nosy"))).Status);
    }

    [Fact]
    public async Task Feedback_dry_run_says_and_changes_nothing()
    {
        var key = await host.TenantAsync("dry");
        await host.CallAsync(HttpMethod.Post, "/v1/messages", Message("dry", "a@dry-r.example"), key);
        var received = await host.ReceivedAsync("a@dry-r.example");
        await host.DeliveredAsync("dry", 1);

        Assert.True((await host.CallAsync(HttpMethod.Post, "/v1/feedback?dryRun=true", Arf(received))).Json["matched"]!.GetValue<bool>());

        Assert.Equal(0, (await host.CallAsync(HttpMethod.Get, "/v1/tenants/dry")).Json["counters"]!["complaints"]!.GetValue<int>());
    }

    [Fact]
    public async Task Idempotency_key_a_repeat_is_answered_alike_and_another_request_is_refused()
    {
        var key = await host.TenantAsync("idem");
        var first = await host.CallAsync(HttpMethod.Post, "/v1/messages", Message("idem", "a@r.example"), key, ("Idempotency-Key", "k1"));
        var second = await host.CallAsync(HttpMethod.Post, "/v1/messages", Message("idem", "a@r.example"), key, ("Idempotency-Key", "k1"));
        var other = await host.CallAsync(HttpMethod.Post, "/v1/messages", Message("idem", "b@r.example"), key, ("Idempotency-Key", "k1"));
        var bad = await host.CallAsync(HttpMethod.Post, "/v1/messages", Message("idem", "b@r.example"), key, ("Idempotency-Key", "a b"));

        Assert.Equal((HttpStatusCode.Accepted, first.Text), (second.Status, second.Text));
        Assert.Equal((Unprocessable, "urn:grid:problem:idempotency-key-reused"), (other.Status, other.Json["type"]!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.BadRequest, bad.Status);
    }

    [Fact]
    public async Task Batch_answers_in_order_and_a_bad_message_leaves_the_others_good()
    {
        var key = await host.TenantAsync("batch");

        var reply = await host.CallAsync(
            HttpMethod.Post, "/v1/messages/batch", new { messages = new object[] { Message("batch", "a@r.example"), new { nonsense = 1 }, Message("other", "b@r.example"), Message("batch", "c@r.example") } }, key);

        Assert.Equal(HttpStatusCode.Accepted, reply.Status);
        var results = reply.Json["results"]!.AsArray();
        Assert.Equal("a@r.example", results[0]!["recipients"]![0]!["address"]!.GetValue<string>());
        Assert.Equal("nonsense", results[1]!["errors"]![0]!["field"]!.GetValue<string>());
        Assert.Equal("sender-domain", results[2]!["errors"]![0]!["clause"]!.GetValue<string>());
        Assert.Equal("c@r.example", results[3]!["recipients"]![0]!["address"]!.GetValue<string>());
    }

    [Fact]
    public async Task Suspended_tenant_is_refused_with_state_and_clause_over_http_and_smtp()
    {
        var key = await host.TenantAsync("held");
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Post, "/v1/tenants/held/state", new { state = "suspended", reason = "test" })).Status);

        var refused = await host.CallAsync(HttpMethod.Post, "/v1/messages", Message("held", "a@r.example"), key);
        var check = await host.CallAsync(HttpMethod.Post, "/v1/messages/check", Message("held", "a@r.example"), key);

        Assert.Equal((HttpStatusCode.Forbidden, "suspended", "operator"), (refused.Status, refused.Json["state"]!.GetValue<string>(), refused.Json["clause"]!.GetValue<string>()));
        Assert.False(check.Json["accepted"]!.GetValue<bool>());
        Assert.StartsWith("550 5.7.1 The tenant is suspended (operator)", await SubmitAsync("held", key, "From: a@held.example\r\nSubject: s\r\n\r\nx\r\n"), StringComparison.Ordinal);
        var decisions = (await host.CallAsync(HttpMethod.Get, "/v1/decisions?subject=tenant/held")).Json["decisions"]!.AsArray();
        Assert.Equal(("suspended", "operator", "test"), (decisions[0]!["to"]!.GetValue<string>(), decisions[0]!["by"]!.GetValue<string>(), decisions[0]!["reason"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Quota_used_up_is_429_with_retry_after()
    {
        var key = await host.TenantAsync("quota", new { messagesPerHour = 1 });
        Assert.Equal(HttpStatusCode.Accepted, (await host.CallAsync(HttpMethod.Post, "/v1/messages", Message("quota", "a@r.example"), key)).Status);

        var throttled = await host.CallAsync(HttpMethod.Post, "/v1/messages", Message("quota", "b@r.example"), key);

        Assert.Equal((HttpStatusCode)429, throttled.Status);
        Assert.True(throttled.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.StartsWith("451 4.7.0 Throttled", await SubmitAsync("quota", key, "From: a@quota.example\r\nSubject: s\r\n\r\nx\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submission_over_smtp_is_delivered_with_trace_and_reference()
    {
        var key = await host.TenantAsync("smtp");

        var reply = await SubmitAsync("smtp", key, "From: a@smtp.example\r\nX-Grid-Stream: transactional\r\nSubject: s\r\n\r\n..x\r\n", "a@smtp-r.example");

        Assert.StartsWith("250 2.0.0 Queued as ", reply, StringComparison.Ordinal);
        var data = (await host.ReceivedAsync("a@smtp-r.example")).Data;
        Assert.StartsWith("Received: from client.example ([127.0.0.1]) by ", data, StringComparison.Ordinal);
        Assert.Contains("\r\nX-Grid-Ref: ", data, StringComparison.Ordinal);
        Assert.DoesNotContain("X-Grid-Stream", data, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n.x\r\n", data, StringComparison.Ordinal);
        Assert.StartsWith("554 5.6.0 The message breaks rules: From must be in one of", await SubmitAsync("smtp", key, "From: a@evil.example\r\n\r\nx\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("535 5.7.8", await SubmitAsync("smtp", key + "x", ""), StringComparison.Ordinal);
        Assert.StartsWith("535 5.7.8", await SubmitAsync("keys", key, ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inbound_takes_reports_to_return_paths_of_ours_and_nothing_else()
    {
        var key = await host.TenantAsync("inbound");
        await host.CallAsync(HttpMethod.Post, "/v1/messages", Message("inbound", "a@in-r.example"), key);
        var received = await host.ReceivedAsync("a@in-r.example");
        await host.DeliveredAsync("inbound", 1);
        using var smtp = await SmtpDialogue.OpenAsync(host.InboundPort, HostFixture.TrustedReporter);

        Assert.StartsWith("550 5.1.1", await smtp.RecipientAsync("nobody@bounces.localhost"), StringComparison.Ordinal);
        Assert.StartsWith("550 5.1.1", await smtp.RecipientAsync("b+aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@bounces.localhost"), StringComparison.Ordinal);
        Assert.StartsWith("550 5.1.1", await smtp.RecipientAsync("a@elsewhere.example"), StringComparison.Ordinal);
        Assert.StartsWith("250", await smtp.RecipientAsync("postmaster@bounces.localhost"), StringComparison.Ordinal);
        Assert.StartsWith("554 5.6.0", await smtp.MessageAsync("fbl@bounces.localhost", "Subject: hi\r\n\r\na letter\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("250", await smtp.MessageAsync(received.Sender.ToUpperInvariant(), ArfText(received)), StringComparison.Ordinal);

        Assert.Equal(1, (await host.CallAsync(HttpMethod.Get, "/v1/tenants/inbound")).Json["counters"]!["complaints"]!.GetValue<int>());
    }

    [Fact]
    public async Task SendGrid_mail_send_is_accepted_and_its_errors_have_its_form()
    {
        var key = await host.TenantAsync("sg");
        object Mail(string to) => new
        {
            personalizations = new[] { new { to = new[] { new { email = to, name = "A, \"B\"" } }, substitutions = new Dictionary<string, string> { ["-n-"] = "Ann" } } },
            from = new { email = "news@sg.example" },
            subject = "Hi -n-",
            content = new[] { new { type = "text/plain", value = "Hi" } },
            tracking_settings = new { },
        };

        var sent = await host.CallAsync(HttpMethod.Post, "/v3/mail/send", Mail("a@sg-r.example"), key);
        var bad = await host.CallAsync(HttpMethod.Post, "/v3/mail/send", Mail("not an address"), key);

        Assert.Equal((HttpStatusCode.Accepted, ""), (sent.Status, sent.Text));
        Assert.Single(sent.Headers.GetValues("X-Message-Id"));
        Assert.Contains("\r\nSubject: Hi Ann\r\n", (await host.ReceivedAsync("a@sg-r.example")).Data, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.BadRequest, "personalizations.0.to.0.email"), (bad.Status, bad.Json["errors"]![0]!["field"]!.GetValue<string>()));
        var unauthorized = await host.CallAsync(HttpMethod.Post, "/v3/mail/send", Mail("a@b.example"), "wrong");
        Assert.Equal((HttpStatusCode.Unauthorized, 1), (unauthorized.Status, unauthorized.Json["errors"]!.AsArray().Count));
    }

    [Theory]
    [InlineData("PUT", "/v1/tenants/x", "{\"name\":\"x\",\"nme\":1}", HttpStatusCode.BadRequest, "nme")]
    [InlineData("PUT", "/v1/tenants/x", "{\"name\":\"x\",\"policy\":\"none\"}", Unprocessable, "policy")]
    [InlineData("PUT", "/v1/domains/a.example/limits", "{\"maxRate\":\"fast\"}", Unprocessable, "maxRate")]
    [InlineData("PUT", "/v1/ips/1.2.3", "{}", Unprocessable, "ip")]
    [InlineData("POST", "/v1/queue/pause", "{\"domain\":\"..\"}", Unprocessable, "domain")]
    [InlineData("POST", "/v1/classify", "{\"code\":700,\"text\":\"x\"}", Unprocessable, "code")]
    [InlineData("GET", "/v1/decisions?limit=x", null, HttpStatusCode.BadRequest, "limit")]
    [InlineData("GET", "/v1/decisions?subject=moon/x", null, HttpStatusCode.BadRequest, "subject")]
    public async Task Bad_request_is_a_problem_that_names_the_field(string method, string path, string? body, HttpStatusCode status, string field)
    {
        var reply = await host.CallAsync(new(method), path, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal((status, "application/problem+json", field), (reply.Status, reply.MediaType, reply.Json["errors"]![0]!["field"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("GET", "/v1/nothing", HttpStatusCode.NotFound)]
    [InlineData("PATCH", "/v1/queue", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/v1/tenants/none", HttpStatusCode.NotFound)]
    [InlineData("GET", "/v1/policies/none", HttpStatusCode.NotFound)]
    [InlineData("GET", "/v1/ips/192.0.2.1", HttpStatusCode.NotFound)]
    public async Task Absent_things_are_problems(string method, string path, HttpStatusCode status)
    {
        var reply = await host.CallAsync(new(method), path);

        Assert.Equal((status, "application/problem+json", (int)status), (reply.Status, reply.MediaType, reply.Json["status"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Public_endpoints_answer_without_a_key()
    {
        Assert.Equal("ok", (await host.CallAsync(HttpMethod.Get, "/health/ready", key: null)).Json["status"]!.GetValue<string>());
        Assert.Contains("grid_process_cpu_seconds_total ", (await host.CallAsync(HttpMethod.Get, "/metrics", key: null)).Text, StringComparison.Ordinal);
        var paths = (await host.CallAsync(HttpMethod.Get, "/openapi/v1.json", key: null)).Json["paths"]!.AsObject();
        Assert.Contains("/v1/messages", paths.Select(path => path.Key));
        Assert.Contains("/v1/tenants/{tenant}", paths.Select(path => path.Key));
    }

    [Fact]
    public async Task Limits_of_a_domain_are_kept()
    {
        var put = await host.CallAsync(HttpMethod.Put, "/v1/domains/Slow.Example/limits", new { maxRate = "600/min", maxConnections = 2 });
        var get = await host.CallAsync(HttpMethod.Get, "/v1/domains/slow.example");

        Assert.Equal(HttpStatusCode.OK, put.Status);
        Assert.Equal(("600/min", 2), (get.Json["limits"]!["maxRate"]!.GetValue<string>(), get.Json["limits"]!["maxConnections"]!.GetValue<int>()));
    }

    private static JsonObject Message(string tenant, string to) => new()
    {
        ["from"] = $"News <news@{tenant}.example>",
        ["to"] = new JsonArray(to),
        ["subject"] = "hello",
        ["text"] = "Hi",
    };

    private async Task<string> SubmitAsync(string tenant, string key, string message, string to = "a@r.example")
    {
        using var smtp = await SmtpDialogue.OpenAsync(host.SubmissionPort);
        var signed = await smtp.SignInAsync(tenant, key);
        return signed.StartsWith("235", StringComparison.Ordinal) ? await smtp.MessageAsync(to, message) : signed;
    }

    private static ByteArrayContent Arf(ReceivedMessage message) =>
        new(Encoding.Latin1.GetBytes(ArfText(message))) { Headers = { ContentType = MediaTypeHeaderValue.Parse("message/rfc822") } };

    private static string ArfText(ReceivedMessage message) =>
        "From: <fbl@receiver.example>\r\nTo: <fbl@bounces.localhost>\r\nSubject: complaint\r\nMIME-Version: 1.0\r\n"
        + "Content-Type: multipart/report; report-type=feedback-report; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nA report.\r\n"
        + $"--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: Test/1\r\nVersion: 1\r\nOriginal-Mail-From: <{message.Sender}>\r\n"
        + $"Original-Rcpt-To: <{message.Recipients[0]}>\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n{message.Data}\r\n--b--\r\n";
}
