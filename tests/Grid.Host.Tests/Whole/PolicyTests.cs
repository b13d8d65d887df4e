using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Host.Tests.Whole;

/// <summary>Policies over the API: read, pushed, tried, rolled back, compared, previewed; and the ledger that has all of it.</summary>
public sealed class PolicyTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task Put_a_wrong_policy_is_refused_with_every_mistake_and_its_line_and_nothing_changes()
    {
        var put = await PutAsync("broken", "policy: broken\nclauses:\n  - id: x\n    subject: moon\n");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, put.Status);
        var errors = put.Json["errors"]!.AsArray();
        Assert.Contains(errors, error => error!["line"]!.GetValue<int>() == 4 && error["message"]!.GetValue<string>().Contains("moon", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Get, "/v1/policies/broken")).Status);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await host.CallAsync(HttpMethod.Put, "/v1/policies/broken", new StringContent("x", Encoding.UTF8, "image/png"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PutAsync("Broken", Policy("Broken", "0.1 %"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PutAsync("broken", Policy("broken", "0.1 %"), "?reach=some")).Status);
    }

    [Fact]
    public async Task Put_is_a_version_in_force_shown_as_written_and_in_its_history()
    {
        var first = await PutAsync("own", Policy("own", "0.2 %"), "?reason=a%20first%20try");
        Assert.Equal((HttpStatusCode.Created, "own", 1), (first.Status, Text(first, "name"), Number(first, "version")));
        var second = await PutAsync("own", Policy("own", "0.3 %"));
        Assert.Equal((HttpStatusCode.OK, 2), (second.Status, Number(second, "version")));

        var shown = await host.CallAsync(HttpMethod.Get, "/v1/policies/own");
        Assert.Equal(("own", 2, "default"), (Text(shown, "policy"), Number(shown, "version"), Text(shown, "extends")));
        Assert.Equal(0.003m, shown.Json["clauses"]!.AsArray().Single(c => c!["id"]!.GetValue<string>() == "complaint-cutoff")!["threshold"]!.GetValue<decimal>());
        Assert.Equal(Policy("own", "0.3 %"), (await host.CallAsync(HttpMethod.Get, "/v1/policies/own", header: ("Accept", "application/yaml"))).Text);
        Assert.Contains("own", (await host.CallAsync(HttpMethod.Get, "/v1/policies")).Json["policies"]!.AsArray().Select(p => p!["name"]!.GetValue<string>()));

        var versions = (await host.CallAsync(HttpMethod.Get, "/v1/policies/own/versions")).Json["versions"]!.AsArray();
        Assert.Equal([2, 1], versions.Select(v => v!["version"]!.GetValue<int>()));
        Assert.Equal(("a first try", "operator"), (versions[1]!["reason"]!.GetValue<string>(), versions[1]!["by"]!.GetValue<string>()));
        var old = await host.CallAsync(HttpMethod.Get, "/v1/policies/own/versions/1");
        Assert.Equal((Policy("own", "0.2 %"), Text(first, "hash")), (Text(old, "text"), Text(old, "hash")));
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Get, "/v1/policies/own/versions/3")).Status);

        var changes = (await host.CallAsync(HttpMethod.Get, "/v1/policies/own/diff?from=1&to=2")).Json["changes"]!.AsArray();
        Assert.Equal(["-", "+"], changes.Select(c => c!["op"]!.GetValue<string>()));
        Assert.Contains("0.2 %", changes[0]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("0.3 %", changes[1]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rollback_puts_an_earlier_version_in_force()
    {
        await PutAsync("back", Policy("back", "0.2 %"));
        await PutAsync("back", Policy("back", "0.3 %"));
        var rolled = await host.CallAsync(HttpMethod.Post, "/v1/policies/back/rollback", new { version = 1, reason = "too lenient" });
        Assert.Equal((HttpStatusCode.OK, 1), (rolled.Status, Number(rolled, "version")));
        Assert.Equal(3, Number(await PutAsync("back", Policy("back", "0.4 %")), "version"));
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Post, "/v1/policies/back/rollback", new { version = 9 })).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.CallAsync(HttpMethod.Post, "/v1/policies/back/rollback", new { })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Post, "/v1/policies/nothing/rollback", new { version = 1 })).Status);
        var decisions = (await host.CallAsync(HttpMethod.Get, "/v1/decisions?subject=policy/back")).Json["decisions"]!.AsArray();
        Assert.Equal([("push", 3), ("rollback", 1), ("push", 2), ("push", 1)], decisions.Select(d => (d!["action"]!.GetValue<string>(), d["policyVersion"]!.GetValue<int>())));
    }

    [Fact]
    public async Task Trial_is_shown_beside_what_is_in_force_and_can_end()
    {
        await PutAsync("tried", Policy("tried", "0.2 %"));
        var shadow = await PutAsync("tried", Policy("tried", "0.3 %"), "?reach=shadow");
        Assert.Equal((1, 2, "shadow"), (Number(shadow, "version"), shadow.Json["trial"]!["version"]!.GetValue<int>(), shadow.Json["trial"]!["reach"]!.GetValue<string>()));
        var share = await PutAsync("tried", Policy("tried", "0.3 %"), "?share=0.25");
        Assert.Equal((2, 0.25m), (share.Json["trial"]!["version"]!.GetValue<int>(), share.Json["trial"]!["share"]!.GetValue<decimal>()));
        Assert.Equal(HttpStatusCode.NoContent, (await host.CallAsync(HttpMethod.Delete, "/v1/policies/tried/trial")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Delete, "/v1/policies/tried/trial")).Status);
        Assert.Null((await host.CallAsync(HttpMethod.Get, "/v1/policies/tried")).Json["trial"]);
        Assert.Equal(HttpStatusCode.Conflict, (await PutAsync("unheard-of", Policy("unheard-of", "0.3 %"), "?reach=shadow")).Status);
    }

    [Fact]
    public async Task Preview_says_whom_a_draft_would_have_suspended_and_changes_nothing()
    {
        await PutAsync("looked", Policy("looked", "1 %"));
        await host.CallAsync(HttpMethod.Put, "/v1/tenants/looked", new { name = "looked", policy = "looked", sendingDomains = new[] { "looked.example" } });
        await RecordAsync("looked", delivered: 1000, complaints: 6);
        var preview = await host.CallAsync(HttpMethod.Post, "/v1/policies/looked/preview", Yaml(Policy("looked", "0.5 %")));
        Assert.Equal(HttpStatusCode.OK, preview.Status);
        var subject = Assert.Single(preview.Json["subjects"]!.AsArray(), s => s!["to"]!.GetValue<string>() == "suspended")!;
        Assert.Equal(("tenant/looked", "complaint-cutoff", 6m), (subject["subject"]!.GetValue<string>(), subject["clause"]!.GetValue<string>(), subject["figures"]!["complaints"]!.GetValue<decimal>()));

        var spared = await host.CallAsync(HttpMethod.Post, "/v1/policies/looked/preview", Yaml(Policy("looked", "2 %")));
        Assert.DoesNotContain(spared.Json["subjects"]!.AsArray(), s => s!["to"]!.GetValue<string>() == "suspended");
        Assert.Equal(1, Number(await host.CallAsync(HttpMethod.Get, "/v1/policies/looked"), "version"));
        Assert.Empty((await host.CallAsync(HttpMethod.Post, "/v1/policies/looked/preview?from=2020-01-01T00:00:00Z&to=2020-01-31T00:00:00Z", Yaml(Policy("looked", "0.5 %")))).Json["subjects"]!.AsArray());
        Assert.Equal(HttpStatusCode.BadRequest, (await host.CallAsync(HttpMethod.Post, "/v1/policies/looked/preview?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", Yaml(Policy("looked", "2 %")))).Status);

        var lines = (await host.CallAsync(HttpMethod.Post, "/v1/policies/looked/preview?stream=true", Yaml(Policy("looked", "0.5 %")))).Text
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.NotNull(lines[0]["progress"]);
        Assert.Contains(lines, line => line["subject"]?["subject"]?.GetValue<string>() == "tenant/looked");
        Assert.NotNull(lines[^1]["result"]);
    }

    [Fact]
    public async Task Finding_suspends_opens_a_case_that_only_a_verdict_closes_and_the_tenant_appeals()
    {
        await PutAsync("zero", "policy: zero\nextends: default\nclauses:\n  - id: spam-found\n    words: spam suspends\n    subject: tenant\n    when: {finding: report.spam}\n    then: [suspend, case]\n");
        var key = await TenantAsync("zeroed", "zero");
        var unknown = await host.CallAsync(HttpMethod.Post, "/v1/findings", new { subject = "tenant/zeroed", signal = "report.spa", evidence = "x" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.Status);
        var found = await host.CallAsync(HttpMethod.Post, "/v1/findings", new { subject = "tenant/zeroed", signal = "report.spam", evidence = "a trap was hit", id = "f1" });
        Assert.Equal((HttpStatusCode.Created, "suspended"), (found.Status, Text(found, "state")));

        var tenant = await host.CallAsync(HttpMethod.Get, "/v1/tenants/zeroed");
        var decision = await host.CallAsync(HttpMethod.Get, $"/v1/decisions/{tenant.Json["lastDecision"]!["id"]!.GetValue<string>()}");
        Assert.Equal(("spam-found", "spam suspends"), (decision.Json["decision"]!["clause"]!.GetValue<string>(), decision.Json["rule"]!["words"]!.GetValue<string>()));
        Assert.Equal(decision.Json["decision"]!["policyHash"]!.GetValue<string>(), decision.Json["policy"]!["hash"]!.GetValue<string>());
        var id = decision.Json["case"]!["id"]!.GetValue<string>();

        var notice = (await host.CallAsync(HttpMethod.Get, "/v1/notices", key: key)).Json["notices"]![0]!;
        Assert.Equal(("suspend", "suspended", "spam-found"), (notice["notice"]!.GetValue<string>(), notice["state"]!.GetValue<string>(), notice["clause"]!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.CallAsync(HttpMethod.Post, "/v1/appeals", new { cause = "a bought list" }, key)).Status);
        var appeal = await host.CallAsync(HttpMethod.Post, "/v1/appeals", new { cause = "a bought list", fixes = "deleted it", prevention = "double opt-in" }, key);
        Assert.Equal((HttpStatusCode.Created, id), (appeal.Status, Text(appeal, "case")));

        var open = (await host.CallAsync(HttpMethod.Get, "/v1/cases?state=open&subject=tenant/zeroed")).Json["cases"]!.AsArray();
        Assert.Equal(id, Assert.Single(open)!["id"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.CallAsync(HttpMethod.Post, $"/v1/cases/{id}/verdict", new { verdict = "resolved" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Post, $"/v1/cases/{id}/notes", new { kind = "owner", words = "Kim" })).Status);
        var closed = await host.CallAsync(HttpMethod.Post, $"/v1/cases/{id}/verdict", new { verdict = "resolved", reason = "the appeal is accepted" });
        Assert.Equal(("resolved", "Kim"), (Text(closed, "verdict"), Text(closed, "owner")));
        Assert.Equal(["opened", "appeal", "owner", "verdict"], closed.Json["notes"]!.AsArray().Select(n => n!["kind"]!.GetValue<string>()));
        Assert.Empty((await host.CallAsync(HttpMethod.Get, "/v1/cases?state=open&subject=tenant/zeroed")).Json["cases"]!.AsArray());
    }

    [Fact]
    public async Task Refusals_of_a_class_are_on_the_ledger_once()
    {
        await PutAsync("choosy", "policy: choosy\nextends: default\nclauses:\n  - id: no-forms\n    words: no consent by form\n    subject: recipient\n    when: {declaration: consent.method, in: [double-opt-in]}\n    then: refuse\n");
        var key = await TenantAsync("chosen", "choosy");
        for (var i = 0; i < 3; i++)
        {
            var message = new { from = "n@chosen.example", to = new[] { $"u{i}@r.example" }, subject = "x", text = "x\n", consent = new { method = "double-opt-in", at = "2026-01-01T00:00:00Z" } };
            Assert.Equal("no-forms", Text(await host.CallAsync(HttpMethod.Post, "/v1/messages", message, key), "clause"));
        }

        var refusal = Assert.Single((await host.CallAsync(HttpMethod.Get, "/v1/decisions?subject=policy/choosy")).Json["decisions"]!.AsArray(), d => d!["kind"]!.GetValue<string>() == "refusal")!;
        Assert.Equal(("no-forms", "tenant/chosen", 1), (refusal["clause"]!.GetValue<string>(), refusal["evidence"]!.GetValue<string>(), refusal["policyVersion"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Override_is_shown_as_such_and_ends()
    {
        var key = await TenantAsync("excepted", "default");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.CallAsync(HttpMethod.Put, "/v1/tenants/excepted/overrides/nothing", new { threshold = 0.002, reason = "x" })).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.CallAsync(HttpMethod.Put, "/v1/tenants/excepted/overrides/complaint-cutoff", new { reason = "x" })).Status);
        var put = await host.CallAsync(HttpMethod.Put, "/v1/tenants/excepted/overrides/complaint-cutoff", new { threshold = 0.002, reason = "a known newsletter" });
        Assert.Equal(("complaint-cutoff", 0.002m), (put.Json["overrides"]![0]!["clause"]!.GetValue<string>(), put.Json["overrides"]![0]!["threshold"]!.GetValue<decimal>()));
        var measures = (await host.CallAsync(HttpMethod.Get, "/v1/reputation", key: key)).Json["measures"]!.AsArray();
        Assert.Equal(["complaint-cutoff"], measures.Where(m => m!["overridden"]?.GetValue<bool>() == true).Select(m => m!["clause"]!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.NoContent, (await host.CallAsync(HttpMethod.Delete, "/v1/tenants/excepted/overrides/complaint-cutoff")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Delete, "/v1/tenants/excepted/overrides/complaint-cutoff")).Status);
    }

    [Fact]
    public async Task Verify_finds_the_ledger_whole()
    {
        await PutAsync("chained", Policy("chained", "0.2 %"));
        var found = await host.CallAsync(HttpMethod.Get, "/v1/ledger/verify");
        Assert.True(found.Json["valid"]!.GetValue<bool>());
        Assert.True(found.Json["entries"]!.GetValue<int>() > 0);
        Assert.Equal(64, Text(found, "head").Length);
    }

    [Fact]
    public async Task Tenant_of_a_policy_that_vets_is_pending_and_reputation_shows_every_clause_in_its_window()
    {
        var put = await host.CallAsync(HttpMethod.Put, "/v1/tenants/vetted", new { name = "vetted", policy = "sendserver", sendingDomains = new[] { "vetted.example" } });
        Assert.Equal(("pending", "sendserver"), (Text(put, "state"), put.Json["policy"]!["name"]!.GetValue<string>()));
        var key = await TenantAsync("shown", "default");
        var measures = (await host.CallAsync(HttpMethod.Get, "/v1/reputation", key: key)).Json["measures"]!.AsArray();
        Assert.Equal(["bounce-cutoff", "bounce-warning", "complaint-cutoff", "complaint-warning"], measures.Select(m => m!["clause"]!.GetValue<string>()).Order());
        Assert.All(measures, m => Assert.Equal("7d", m!["window"]!.GetValue<string>()));
    }

    private static string Policy(string name, string above) =>
        $"policy: {name}\nextends: default\nclauses:\n  - id: complaint-cutoff\n    words: complaints suspend\n    subject: tenant\n"
        + $"    when: {{rate: complaints, over: 7 d, above: {above}, floor: {{volume: 1000 messages, events: 5 complaints}}}}\n    then: suspend\n";

    private Task<HostFixture.Reply> PutAsync(string name, string text, string query = "") => host.CallAsync(HttpMethod.Put, $"/v1/policies/{name}{query}", Yaml(text));

    private static StringContent Yaml(string text) => new(text, Encoding.UTF8, "application/yaml");

    private async Task<string> TenantAsync(string id, string policy)
    {
        await host.CallAsync(HttpMethod.Put, $"/v1/tenants/{id}", new { name = id, policy, sendingDomains = new[] { $"{id}.example" } });
        return Text(await host.CallAsync(HttpMethod.Post, $"/v1/tenants/{id}/keys", new { }), "key");
    }

    // Straight into the log, as deliveries and complaints leave it.
    private async Task RecordAsync(string tenant, int delivered, int complaints)
    {
        var spool = host.Services.GetRequiredService<ISpool>();
        var now = DateTimeOffset.UtcNow.AddMinutes(-10);
        var id = MessageId.Compose(now, 1000, 1);
        var envelopes = Enumerable.Range(0, delivered).Select(n => new Envelope
        {
            Key = new(id, n),
            Tenant = tenant,
            Address = $"r{n}@there.example",
            Domain = "there.example",
            Pool = "default",
            AcceptedAt = now,
            DueAt = now.AddDays(4),
            ExpiresAt = now.AddDays(5),
            RecipientCount = delivered,
        }).ToList();
        await spool.AcceptAsync(new([new() { Id = id, Tenant = tenant, AcceptedAt = now, Body = "x\r\n"u8.ToArray(), Envelopes = envelopes }], false));
        await spool.SettleAsync([.. envelopes.Select(e => new Settlement(Outcome(e, OutcomeKind.Delivered, now), null))]);
        await spool.SettleAsync([.. envelopes.Take(complaints).Select(e => new Settlement(Outcome(e, OutcomeKind.Complained, now.AddSeconds(1)), null))]);
    }

    private static OutcomeRecord Outcome(Envelope envelope, OutcomeKind kind, DateTimeOffset at) =>
        new() { At = at, Kind = kind, Key = envelope.Key, Tenant = envelope.Tenant, Address = envelope.Address, Domain = envelope.Domain, Site = "there", Ip = "192.0.2.77", Attempt = 1 };

    private static string Text(HostFixture.Reply reply, string name) => reply.Json[name]!.GetValue<string>();

    private static int Number(HostFixture.Reply reply, string name) => reply.Json[name]!.GetValue<int>();
}
