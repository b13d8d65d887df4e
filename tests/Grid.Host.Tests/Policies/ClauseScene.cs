using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Ingress;
using Grid.Host.Ingress;
using Grid.Host.Tests.Whole;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Host.Tests.Policies;

/// <summary>A grid seen from outside, for scenarios of clauses: tenants, IPs, reports, complaints and what they lead to, over the HTTP API.</summary>
internal sealed class ClauseScene(HostFixture host)
{
    private const int AMessage = 1000;
    private readonly Queue<(MessageId Id, string Address)> _delivered = [];

    /// <summary>A tenant's own: who shares one with a terminated tenant is found out.</summary>
    public static string Address(string tenant) => $"1 Main St, 12345 {tenant}";

    /// <summary>A tenant that may send, and its key.</summary>
    public async Task<string> TenantAsync(string tenant, string policy, string pool = "default")
    {
        var put = await host.CallAsync(HttpMethod.Put, $"/v1/tenants/{tenant}", new
        {
            name = tenant,
            policy,
            pool,
            sendingDomains = new[] { $"{tenant}.example" },
            profile = new { company = $"{tenant} & Sons GmbH", postalAddress = Address(tenant), website = $"https://{tenant}.example", contactEmail = $"ops@{tenant}.example", country = "US" },
        });
        Assert.True(put.Status is HttpStatusCode.Created, put.Text);
        if (Text(put.Json, "state") == "pending")
        {
            await OkAsync(HttpMethod.Post, $"/v1/tenants/{tenant}/state", new { state = "active", reason = "vetted elsewhere", overrideVetting = true });
        }

        if (policy == "mailsequence")
        {
            await OkAsync(HttpMethod.Put, $"/v1/tenants/{tenant}/vetting", new { senderNames = new[] { "News" } });
            await OkAsync(HttpMethod.Post, $"/v1/tenants/{tenant}/vetting/attestations", new { person = "J. Doe", regimes = new[] { "can-spam", "gdpr", "casl" } });
        }

        return Text((await host.CallAsync(HttpMethod.Post, $"/v1/tenants/{tenant}/keys", new { })).Json, "key");
    }

    public Task IpAsync(string ip, string policy, string pool) => OkAsync(HttpMethod.Put, $"/v1/ips/{ip}", new { pool, policy });

    public Task StateAsync(string subject, string state) => OkAsync(HttpMethod.Post, $"/v1/{subject}/state", new { state, reason = "as the scenario has it" });

    public Task WaiveAsync(string tenant, string clause) => OkAsync(HttpMethod.Put, $"/v1/tenants/{tenant}/overrides/{clause}", new { waived = true, reason = "another clause is looked at" });

    public Task<JsonNode> ReportAsync(string subject, string signal, string id, string? campaign = null) =>
        OkAsync(HttpMethod.Post, "/v1/findings", new { subject, signal, id, evidence = "seen in the scenario", campaign });

    /// <summary>State and the grid's own decisions on a subject, newest first.</summary>
    public async Task<(string State, IReadOnlyList<JsonNode> Decisions)> StandingAsync(Subject subject)
    {
        var path = subject.Kind switch { SubjectKind.Tenant => "tenants", SubjectKind.Ip => "ips", _ => "domains" };
        var shown = await OkAsync(HttpMethod.Get, $"/v1/{path}/{subject.Key}");
        var decisions = (await OkAsync(HttpMethod.Get, $"/v1/decisions?limit=200&subject={subject}"))["decisions"]!.AsArray();
        return (Text(shown, "state"), [.. decisions.Where(d => Text(d!, "kind") == "transition" && Text(d!, "by") == "grid").Select(d => d!)]);
    }

    public Task<HostFixture.Reply> PostAsync(string tenant, string key, string? campaign = null, string to = "you@client.example", string path = "/v1/messages") => host.CallAsync(
        HttpMethod.Post,
        path,
        new
        {
            from = $"News <news@{tenant}.example>",
            to = new[] { to },
            subject = "Hello",
            stream = "bulk",
            campaign,
            attestation = "J. Doe",
            reason = "we saw your shop",
            text = $"Hello, we saw your shop\n{Address(tenant)}\nUnsubscribe: https://shop.example/leave?x=1\n",
            consent = new { method = "double-opt-in", at = "2026-01-01T00:00:00Z", ip = "192.0.2.1", source = "form", notice = "v1" },
        },
        key);

    public async Task<JsonNode> GetAsync(string path, string? key = null) => (await host.CallAsync(HttpMethod.Get, path, key: key ?? HostFixture.OperatorKey)).Json;

    /// <summary>What was before the scenario: deliveries, and some of what goes wrong, as senders and feedback leave them in the log.</summary>
    public async Task HistoryAsync(string tenant, int delivered, int complaints = 0, int bounces = 0, int blocks = 0, string domain = "there.example", string ip = "192.0.2.77", TimeSpan? age = null, bool isEachIpRefused = false)
    {
        _delivered.Clear();
        var before = (await GetAsync($"/v1/tenants/{tenant}"))["counters"]!["delivered"]!.GetValue<int>();
        var spool = host.Services.GetRequiredService<ISpool>();
        var intake = host.Services.GetRequiredService<Intake>();
        var now = host.Services.GetRequiredService<TimeProvider>().GetUtcNow() - (age ?? TimeSpan.FromMinutes(5));
        var left = (Bounces: bounces, Blocks: blocks);
        var happy = new List<Envelope>();
        for (var rest = delivered + bounces + blocks; rest > 0; rest -= AMessage)
        {
            var id = intake.NextId();
            var count = Math.Min(rest, AMessage);
            var envelopes = Enumerable.Range(0, count).Select(n => new Envelope
            {
                Key = new(id, n),
                Tenant = tenant,
                Address = $"r{n}@{domain}",
                Domain = domain,
                Pool = "default",
                AcceptedAt = now,
                DueAt = now.AddDays(4),
                ExpiresAt = now.AddDays(5),
                RecipientCount = count,
            }).ToList();
            await spool.AcceptAsync(new([new() { Id = id, Tenant = tenant, AcceptedAt = now, Body = "x\r\n"u8.ToArray(), Envelopes = envelopes }], false));
            var (bounced, blocked) = (Math.Min(left.Bounces, count), Math.Min(left.Blocks, count - Math.Min(left.Bounces, count)));
            await spool.SettleAsync([.. envelopes.Select((e, i) => new Settlement(i < bounced ? Outcome(e, OutcomeKind.Bounced) : i < bounced + blocked ? Block(e) : Outcome(e, OutcomeKind.Delivered), null))]);
            happy.AddRange(envelopes.Skip(bounced + blocked));
            left = (left.Bounces - bounced, left.Blocks - blocked);
        }

        // Complaints come after the deliveries that they are a share of.
        await CountedAsync($"/v1/tenants/{tenant}", "delivered", before + delivered);
        await spool.SettleAsync([.. happy.Take(complaints).Select(e => new Settlement(Outcome(e, OutcomeKind.Complained) with { At = now.AddSeconds(1) }, null))]);
        happy.Skip(complaints).Take(10).ToList().ForEach(e => _delivered.Enqueue((e.Key.Message, e.Address)));
        OutcomeRecord Outcome(Envelope e, OutcomeKind kind) => new()
        {
            At = now,
            Kind = kind,
            Key = e.Key,
            Tenant = tenant,
            Address = e.Address,
            Domain = domain,
            Site = "there",
            Ip = ip,
            Attempt = 1,
            Hard = kind == OutcomeKind.Bounced,
        };
        OutcomeRecord Block(Envelope e) => Outcome(e, OutcomeKind.Bounced) with { Ip = isEachIpRefused ? $"192.0.2.{100 + (e.Key.Recipient % 100)}" : ip, Hard = false, Reason = ReplyReason.BlockedByReputation, About = ReplyAbout.Ip };
    }

    /// <summary>A recipient of the history complains: a feedback report, brought over the API.</summary>
    public Task ComplainAsync() => FeedbackAsync("feedback-report", "message/feedback-report", who => $"Feedback-Type: abuse\r\nUser-Agent: Test/1\r\nVersion: 1\r\nOriginal-Rcpt-To: <{who}>\r\n", "complaint");

    /// <summary>A receiver says that a recipient of the history doesn't exist after all: a DSN, brought over the API.</summary>
    public Task BounceAsync() => FeedbackAsync(
        "delivery-status", "message/delivery-status", who => $"Reporting-MTA: dns; mx.there.example\r\n\r\nFinal-Recipient: rfc822; {who}\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no such user\r\n", "bounce");

    private async Task FeedbackAsync(string type, string media, Func<string, string> report, string kind)
    {
        var (id, address) = _delivered.Dequeue();
        var reference = host.Services.GetRequiredService<MessageDrafter>().Reference(id);
        var text = "From: <mailer@there.example>\r\nTo: <fbl@bounces.localhost>\r\nSubject: report\r\nMIME-Version: 1.0\r\n"
            + $"Content-Type: multipart/report; report-type={type}; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nA report.\r\n"
            + $"--b\r\nContent-Type: {media}\r\n\r\n{report(address)}\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: <a@b.example>\r\nTo: <{address}>\r\nX-Grid-Ref: {reference}\r\n\r\nx\r\n--b--\r\n";
        var answer = await host.CallAsync(HttpMethod.Post, "/v1/feedback", new ByteArrayContent(Encoding.ASCII.GetBytes(text)) { Headers = { ContentType = MediaTypeHeaderValue.Parse("message/rfc822") } });
        Assert.True(answer.Json["matched"]!.GetValue<bool>() && Text(answer.Json, "kind") == kind, answer.Text);
    }

    /// <summary>Completes when a subject's counters say so.</summary>
    public Task CountedAsync(string path, string counter, int count) => host.UntilAsync(path, account => account["counters"]![counter]!.GetValue<int>() >= count);

    public async Task<JsonNode> OkAsync(HttpMethod method, string path, object? body = null)
    {
        var answer = await host.CallAsync(method, path, body);
        Assert.True((int)answer.Status is >= 200 and < 300, string.Create(CultureInfo.InvariantCulture, $"{method} {path}: {(int)answer.Status} {answer.Text}"));
        return answer.Json;
    }

    public static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
