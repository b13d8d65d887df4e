using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Grid.Host.Enforcement;
using Grid.Host.Tests.Webhooks;
using Grid.Host.Tests.Whole;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Host.Tests.Policies;

/// <summary>What a tenant is told of its standing: by mail, by webhook, over the API; with clause, figures, cure, and where help is found.</summary>
public sealed class NoticeScenarioTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task SC_54_warning_reaches_the_contact_by_mail_with_clause_cure_time_and_help()
    {
        await TenantAsync("told", "mailscale");
        await host.CallAsync(HttpMethod.Post, "/v1/findings", new { subject = "tenant/told", signal = "law.can-spam", evidence = "no address in the mail" });
        await host.Services.GetRequiredService<LedgerWatch>().FollowAsync(default);

        var (subject, text) = await host.MailToAsync("ops@told.example");

        Assert.Equal("How to improve what you send", subject);
        Assert.Contains("What you send is below our standard; here is how to improve it.", text, StringComparison.Ordinal);
        Assert.Contains("Rule: SC-11 of policy mailscale, version 1", text, StringComparison.Ordinal);
        Assert.Contains("Until: ", text, StringComparison.Ordinal);
        Assert.Contains("Help: your operator's support, help@bounces.localhost", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SS_22_notices_name_the_address_for_questions_and_what_is_written_there_is_kept_apart_from_abuse()
    {
        var key = await TenantAsync("asking", "sendserver");
        await host.CallAsync(HttpMethod.Post, "/v1/tenants/asking/state", new { state = "active", reason = "vetted elsewhere", overrideVetting = true });
        var notice = (await host.CallAsync(HttpMethod.Get, "/v1/notices", key: key)).Json["notices"]![0]!;
        Assert.Equal("your operator's help desk, help@bounces.localhost", notice["help"]!.GetValue<string>());
        using var smtp = await SmtpDialogue.OpenAsync(host.InboundPort, "127.0.3.1");

        var reply = await smtp.MessageAsync("Help@bounces.localhost", "From: Jo <jo@asking.example>\r\nSubject: which servers are yours?\r\n\r\nFor our firewall.\r\n", "jo@asking.example");

        Assert.Matches("^250 2.0.0 Thank you; this is case [0-9]+$", reply);
        var letter = Assert.Single((await host.CallAsync(HttpMethod.Get, "/v1/abuse?source=help")).Json["cases"]!.AsArray())!;
        Assert.Equal("which servers are yours?", letter["words"]!.GetValue<string>());
        Assert.DoesNotContain("which servers", (await host.CallAsync(HttpMethod.Get, "/v1/abuse?source=letter")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notice_is_mailed_once_and_posted_signed_to_the_webhook_that_wants_notices()
    {
        var key = await TenantAsync("hookd", "default");
        await using var wants = await HookReceiver.StartAsync();
        await using var wantsNot = await HookReceiver.StartAsync();
        var put = await host.CallAsync(HttpMethod.Put, "/v1/webhooks/main", new { url = wants.Url, events = new[] { "notice" } }, key);
        Assert.Equal(["notice"], put.Json["events"]!.AsArray().Select(e => e!.GetValue<string>()));
        await host.CallAsync(HttpMethod.Put, "/v1/webhooks/other", new { url = wantsNot.Url, events = new[] { "delivered" } }, key);
        await host.CallAsync(HttpMethod.Post, "/v1/tenants/hookd/state", new { state = "suspended", reason = "we look into it" });
        var watch = host.Services.GetRequiredService<LedgerWatch>();
        await watch.FollowAsync(default);

        var hook = await wants.NextAsync();

        var body = JsonNode.Parse(hook.Body)!;
        Assert.Equal(("notice", "suspend", "suspended", "help@bounces.localhost"), (
            body["type"]!.GetValue<string>(), body["data"]!["notice"]!.GetValue<string>(), body["data"]!["state"]!.GetValue<string>(), body["data"]!["help"]!.GetValue<string>()));
        var secret = Convert.FromBase64String(put.Json["secret"]!.GetValue<string>()["whsec_".Length..]);
        var signed = Encoding.UTF8.GetBytes($"{hook.Headers["webhook-id"]}.{hook.Headers["webhook-timestamp"]}.{hook.Body}");
        Assert.Equal("v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, signed)), hook.Headers["webhook-signature"]);
        Assert.Equal("msg_" + body["data"]!["id"]!.GetValue<string>(), hook.Headers["webhook-id"]);

        var notices = host.Services.GetServices<ILedgerFollower>().OfType<NoticePost>().Single();
        var ledger = host.Services.GetRequiredService<Core.Ports.ILedger>();
        var decision = (await ledger.FindAsync(body["data"]!["id"]!.GetValue<string>()))!.Decision;
        await notices.TakeAsync(decision, default);
        Assert.Equal("Your account is suspended", (await host.MailToAsync("ops@hookd.example")).Subject);
        await host.CallAsync(HttpMethod.Post, "/v1/tenants/hookd/state", new { state = "active", reason = "all is well" });
        await watch.FollowAsync(default);
        Assert.Equal("Your account is active again", (await host.MailToAsync("ops@hookd.example")).Subject);
        Assert.Equal(0, wantsNot.Count);
    }

    [Fact]
    public async Task Webhook_that_fails_gets_the_notice_again_with_the_same_id()
    {
        var key = await TenantAsync("retried", "default");
        await using var receiver = await HookReceiver.StartAsync();
        var ok = receiver.Answers;
        receiver.Answers = context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        await host.CallAsync(HttpMethod.Put, "/v1/webhooks/main", new { url = receiver.Url }, key);
        await host.CallAsync(HttpMethod.Post, "/v1/tenants/retried/state", new { state = "suspended", reason = "we look into it" });
        await host.Services.GetRequiredService<LedgerWatch>().FollowAsync(default);

        var first = await receiver.NextAsync();
        receiver.Answers = ok;
        var second = await receiver.NextAsync();

        Assert.Equal(first.Headers["webhook-id"], second.Headers["webhook-id"]);
    }

    private async Task<string> TenantAsync(string id, string policy)
    {
        var profile = new { company = id + " Works", postalAddress = id + " Road 1", website = $"https://{id}.example", contactEmail = $"ops@{id}.example", country = "US" };
        Assert.Equal(HttpStatusCode.Created, (await host.CallAsync(HttpMethod.Put, $"/v1/tenants/{id}", new { name = id, policy, sendingDomains = new[] { $"{id}.example" }, profile })).Status);
        return (await host.CallAsync(HttpMethod.Post, $"/v1/tenants/{id}/keys", new { })).Json["key"]!.GetValue<string>();
    }
}
