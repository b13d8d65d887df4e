using System.Net;
using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement;
using Grid.Core.Vocabulary;
using Grid.Grains.Ingress;
using Grid.Host.Feedback;
using Grid.Host.Tests.Whole;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Grid.Host.Tests.Policies;

/// <summary>Every standing and every verb over the real API: what happens is what the one table says.</summary>
public sealed class VerbScenarioTests(HostFixture host) : IClassFixture<HostFixture>
{
    public static TheoryData<Standing, Verb> All { get; } = new MatrixTheoryData<Standing, Verb>(Enum.GetValues<Standing>(), Enum.GetValues<Verb>());

    [Theory]
    [MemberData(nameof(All))]
    public async Task Tenant_can_do_what_the_table_permits_in_its_standing_and_nothing_else(Standing standing, Verb verb)
    {
        var tenant = $"v-{standing}-{verb}".ToLowerInvariant();
        var key = await TenantAsync(tenant, standing == Standing.Pending ? "sendserver" : "default");
        var delivered = standing == Standing.Pending ? null : await DeliverAsync(tenant, key);
        var queued = standing == Standing.Pending ? "" : await QueueAsync(tenant, key, verb == Verb.DeliverTransactional ? "transactional" : "bulk");
        await MoveAsync(tenant, standing);
        var policy = EnforcementPolicy.Default with { VettingRequired = true };
        var expected = PermittedVerbs.Allows(policy, StandingState.Initial(policy, SubjectKind.Tenant, DateTimeOffset.UtcNow) with { Standing = standing }, verb);

        var allowed = verb switch
        {
            Verb.SubmitBulk => await SubmitAsync(tenant, key, "bulk"),
            Verb.SubmitTransactional => await SubmitAsync(tenant, key, "transactional"),
            Verb.DeliverBulk or Verb.DeliverTransactional => queued.Length > 0 && await IsDeliveredAsync(tenant, key, queued),
            Verb.Read => Both(await CallAsync(HttpMethod.Get, "/v1/reputation", key), await CallAsync(HttpMethod.Get, "/v1/webhooks", key)),
            Verb.Configure => Both(await CallAsync(HttpMethod.Put, "/v1/suppressions/x@client.example", key, new { }), await CallAsync(HttpMethod.Put, "/v1/webhooks/w", key, new { url = "http://127.0.0.1:1/x" })),
            Verb.Appeal => (await CallAsync(HttpMethod.Post, "/v1/appeals", key, new { cause = "a", fixes = "b", prevention = "c" })).Status == HttpStatusCode.Created,
            Verb.Export => Both(await CallAsync(HttpMethod.Get, "/v1/suppressions/export", key), await CallAsync(HttpMethod.Get, "/v1/events", key)),
            Verb.OptOut => (await CallAsync(HttpMethod.Post, Link(tenant), null)).Status == HttpStatusCode.OK,
            Verb.Complain => await ReportAsync(Complaint(delivered), "complaint", delivered is not null),
            Verb.Bounce => await ReportAsync(Bounce(delivered), "bounce", delivered is not null),
            _ => throw new ArgumentOutOfRangeException(nameof(verb)),
        };

        Assert.Equal(expected, allowed);
    }

    // Two endpoints of one verb are of one mind.
    private static bool Both(HostFixture.Reply one, HostFixture.Reply other)
    {
        Assert.Equal(one.Status is HttpStatusCode.Forbidden, other.Status is HttpStatusCode.Forbidden);
        if (one.Status is HttpStatusCode.Forbidden)
        {
            Assert.NotNull(one.Json["clause"]);
            Assert.NotNull(one.Json["state"]);
        }

        return one.Status is HttpStatusCode.OK or HttpStatusCode.Created;
    }

    private static string Complaint(ReceivedMessage? message) =>
        "From: <fbl@loop.example>\r\nSubject: complaint\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=feedback-report; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nA report.\r\n"
        + $"--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: Test/1\r\nVersion: 1\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n{message?.Data ?? "Subject: x\r\n"}\r\n--b--\r\n";

    private static string Bounce(ReceivedMessage? message) =>
        "From: <mailer-daemon@r.example>\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nIt failed.\r\n"
        + $"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; r.example\r\n\r\nFinal-Recipient: rfc822; {message?.Recipients[0] ?? "x@r.example"}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        + $"--b\r\nContent-Type: message/rfc822\r\n\r\n{message?.Data ?? "Subject: x\r\n"}\r\n--b--\r\n";

    // Read in any standing; matched where something was ever delivered.
    private async Task<bool> ReportAsync(string report, string kind, bool matches)
    {
        var answer = await host.CallAsync(HttpMethod.Post, "/v1/feedback", new StringContent(report, System.Text.Encoding.Latin1, "message/rfc822"));
        return answer.Status == HttpStatusCode.OK && answer.Json["kind"]!.GetValue<string>() == kind && answer.Json["matched"]!.GetValue<bool>() == matches;
    }

    private string Link(string tenant)
    {
        var id = host.Services.GetRequiredService<MessageIds>().Next();
        var header = host.Services.GetRequiredService<OptOutLinks>().HeadersFor(tenant, id, [new("ann@client.example", "client.example")]).First().Value;
        var link = header[1..header.IndexOf('>', StringComparison.Ordinal)];
        return link[link.IndexOf("/u/", StringComparison.Ordinal)..];
    }

    private async Task MoveAsync(string tenant, Standing standing)
    {
        if (standing is not (Standing.Pending or Standing.Active))
        {
            var moved = await host.Services.GetRequiredService<IGrainFactory>().GetGrain<ITenantGrain>(tenant).SetStanding(standing, "a test");
            Assert.Equal(standing, moved.Standing);
        }
    }

    private async Task<bool> SubmitAsync(string tenant, string key, string stream)
    {
        var answer = await CallAsync(HttpMethod.Post, "/v1/messages", key, Message(tenant, "new", stream));
        Assert.True(answer.Status is HttpStatusCode.Accepted or HttpStatusCode.Forbidden, answer.Text);
        return answer.Status == HttpStatusCode.Accepted;
    }

    private async Task<ReceivedMessage> DeliverAsync(string tenant, string key)
    {
        Assert.Equal(HttpStatusCode.Accepted, (await CallAsync(HttpMethod.Post, "/v1/messages", key, Message(tenant, "first", "bulk"))).Status);
        var message = await host.ReceivedAsync($"first@{tenant}-r.example");
        await host.DeliveredAsync(tenant, 1);
        return message;
    }

    private async Task<string> QueueAsync(string tenant, string key, string stream)
    {
        await host.CallAsync(HttpMethod.Post, "/v1/queue/pause", new { tenant });
        return (await CallAsync(HttpMethod.Post, "/v1/messages", key, Message(tenant, "queued", stream))).Json["id"]!.GetValue<string>();
    }

    // Another's mail that came later and arrived says that this would have arrived too.
    private async Task<bool> IsDeliveredAsync(string tenant, string key, string id)
    {
        await host.CallAsync(HttpMethod.Post, "/v1/queue/resume", new { tenant });
        if (await host.Services.GetRequiredService<IGrainFactory>().GetGrain<ITenantGrain>(tenant).Find() is { Account.Standing: Standing.Active or Standing.Warned })
        {
            await host.DeliveredAsync(tenant, 2);
        }
        else
        {
            await DeliverAsync(tenant + "-2", await TenantAsync(tenant + "-2", "default"));
        }

        return (await CallAsync(HttpMethod.Get, "/v1/messages/" + id, key)).Json["state"]!.GetValue<string>() == "delivered";
    }

    private Task<HostFixture.Reply> CallAsync(HttpMethod method, string path, string? key, object? body = null) => host.CallAsync(method, path, body, key);

    private static object Message(string tenant, string to, string stream) => new
    {
        from = $"news@{tenant}.example",
        to = new[] { $"{to}@{tenant}-r.example" },
        subject = "Hello",
        text = "Hello\n",
        stream,
        consent = new { method = "double-opt-in", at = "2026-01-01T00:00:00Z", ip = "192.0.2.1", source = "form" },
    };

    private async Task<string> TenantAsync(string id, string policy)
    {
        Assert.Equal(HttpStatusCode.Created, (await host.CallAsync(HttpMethod.Put, $"/v1/tenants/{id}", new { name = id, policy, sendingDomains = new[] { $"{id}.example" } })).Status);
        return (await host.CallAsync(HttpMethod.Post, $"/v1/tenants/{id}/keys", new { })).Json["key"]!.GetValue<string>();
    }
}
