using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Grid.Core.Vocabulary;
using Grid.Host.Tests.Whole;
using static Grid.Host.Tests.Policies.ClauseScene;

namespace Grid.Host.Tests.Policies;

/// <summary>Rules that need no condition, over the real API: what the grid does for all, whatever the policy.</summary>
public sealed partial class MechanismScenarioTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly ClauseScene _scene = new(host);

    [Fact]
    public async Task MS_01_SS_01_every_decision_cites_the_version_that_was_in_force()
    {
        const string Text1 = "policy: dated\nextends: mailsequence\neffective: 2026-02-20\n";
        await host.CallAsync(HttpMethod.Put, "/v1/policies/dated", new StringContent(Text1, Encoding.UTF8, "application/yaml"));
        await _scene.TenantAsync("dated", "dated");
        await _scene.ReportAsync("tenant/dated", "verdict.minor", "dated-1");
        var pushed = await host.CallAsync(HttpMethod.Put, "/v1/policies/dated", new StringContent(Text1 + "words: again\n", Encoding.UTF8, "application/yaml"));
        await _scene.ReportAsync("tenant/dated", "verdict.serious", "dated-2");

        var (_, decisions) = await _scene.StandingAsync(Subject.Tenant("dated"));
        Assert.Equal([2, 1], decisions.Select(d => d["policyVersion"]!.GetValue<int>()));
        Assert.Equal(Text(pushed.Json, "hash"), Text(decisions[0], "policyHash"));
        Assert.Contains("2026-02-20", (await host.CallAsync(HttpMethod.Get, "/v1/policies/mailsequence", header: ("Accept", "application/yaml"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SS_02_the_ledger_keeps_what_happened_and_proves_it()
    {
        await _scene.TenantAsync("kept", "sendserver");
        await _scene.ReportAsync("tenant/kept", "verdict.minor", "kept-1");
        var whole = (await _scene.GetAsync("/v1/decisions?subject=tenant/kept"))["decisions"]!.AsArray();

        Assert.Contains(whole, d => Text(d!, "kind") == "finding" && Text(d!, "evidence") == "seen in the scenario");
        Assert.Contains(whole, d => Text(d!, "clause") == "SS-04" && d!["figures"]!.AsObject().Count > 0);
        Assert.True((await _scene.GetAsync("/v1/ledger/verify"))["valid"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("mailup", "MU-09, MU-16")]
    [InlineData("sendserver", "SS-03")]
    public async Task Operator_ends_an_account_straight_away_with_a_reason_and_for_ever(string policy, string clauses)
    {
        var tenant = "ended-" + policy;
        var key = await _scene.TenantAsync(tenant, policy);
        var silent = await host.CallAsync(HttpMethod.Post, $"/v1/tenants/{tenant}/state", new { state = "terminated" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, silent.Status);
        Assert.Equal(HttpStatusCode.Accepted, (await _scene.PostAsync(tenant, key)).Status);

        await host.CallAsync(HttpMethod.Post, $"/v1/tenants/{tenant}/state", new { state = "terminated", reason = $"as {clauses} allows" });

        Assert.True((await _scene.PostAsync(tenant, key)).Status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized);
        var decision = (await _scene.GetAsync($"/v1/tenants/{tenant}"))["lastDecision"]!;
        Assert.Equal(("terminate", "operator", "operator"), (Text(decision, "action"), Text(decision, "clause"), Text(decision, "by")));
        Assert.Contains(clauses, Text(decision, "reason"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await host.CallAsync(HttpMethod.Post, $"/v1/tenants/{tenant}/state", new { state = "active", reason = "no" })).Status);
    }

    [Fact]
    public async Task MU_26_MU_27_nothing_is_sent_before_approval_and_anyone_can_be_refused_with_a_reason()
    {
        await host.CallAsync(HttpMethod.Put, "/v1/tenants/applicant", new { name = "applicant", policy = "mailup", sendingDomains = new[] { "applicant.example" } });
        var key = Text((await host.CallAsync(HttpMethod.Post, "/v1/tenants/applicant/keys", new { })).Json, "key");
        Assert.Equal("pending", Text((await _scene.PostAsync("applicant", key)).Json, "state"));

        await host.CallAsync(HttpMethod.Post, "/v1/tenants/applicant/state", new { state = "terminated", reason = "the company cannot be found" });
        Assert.True((await _scene.PostAsync("applicant", key)).Status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized);
        Assert.Contains("cannot be found", Text((await _scene.GetAsync("/v1/tenants/applicant"))["lastDecision"]!, "reason"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("suspended")]
    [InlineData("terminated")]
    public async Task MU_93_EM_02_opting_out_and_complaining_work_in_every_state(string state)
    {
        var tenant = "duty-" + state;
        var key = await _scene.TenantAsync(tenant, "emarsys");
        Assert.Equal(HttpStatusCode.Accepted, (await _scene.PostAsync(tenant, key, to: $"ann@{tenant}-r.example")).Status);
        var received = await host.ReceivedAsync($"ann@{tenant}-r.example");
        await host.DeliveredAsync(tenant, 1);
        await _scene.HistoryAsync(tenant, 1, age: TimeSpan.Zero);
        await _scene.StateAsync("tenants/" + tenant, state);

        var link = OptOut().Match(received.Data.Replace("\r\n ", "", StringComparison.Ordinal)).Groups[1].Value;
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Post, link, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]), null)).Status);
        await _scene.ComplainAsync();

        Assert.Contains($"ann@{tenant}-r.example", (await host.CallAsync(HttpMethod.Get, $"/v1/tenants/{tenant}/suppressions")).Text, StringComparison.Ordinal);
        Assert.Equal(1, (await _scene.GetAsync($"/v1/tenants/{tenant}"))["counters"]!["complaints"]!.GetValue<int>());
    }

    [Fact]
    public async Task EM_27_the_service_ends_in_one_turn_with_what_was_scheduled()
    {
        var key = await _scene.TenantAsync("em27", "emarsys");
        var later = await host.CallAsync(
            HttpMethod.Post,
            "/v1/messages",
            new { from = "news@em27.example", to = new[] { "you@client.example" }, subject = "s", stream = "transactional", text = "Hi\nUnsubscribe: https://shop.example/leave\n", sendAt = DateTimeOffset.UtcNow.AddDays(1).ToString("O") },
            key);
        Assert.Equal(HttpStatusCode.Accepted, later.Status);

        await _scene.StateAsync("tenants/em27", "terminated");

        Assert.True((await _scene.PostAsync("em27", key)).Status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized);
        await host.UntilAsync("/v1/queue", queue => !queue["byTenant"]!.AsArray().Any(t => t!.ToJsonString().Contains("em27", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task MU_13_every_outcome_is_counted_with_its_tenant()
    {
        var key = await _scene.TenantAsync("counted", "default");
        await _scene.PostAsync("counted", key, to: "ann@counted-r.example");
        await _scene.PostAsync("counted", key, to: $"{Receiver.Blocked}@counted-r.example");
        await host.DeliveredAsync("counted", 1);
        await _scene.CountedAsync("/v1/tenants/counted", "softBounces", 1);
        var counters = (await _scene.GetAsync("/v1/reputation", key))["counters"]!;
        Assert.Equal((1, 1, 0), (counters["delivered"]!.GetValue<int>(), counters["softBounces"]!.GetValue<int>(), counters["complaints"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("Received")]
    [InlineData("Return-Path")]
    [InlineData("DKIM-Signature")]
    [InlineData("X-Grid-Ref")]
    [InlineData("Message-ID")]
    public async Task MS_28_headers_of_the_grid_cannot_be_forged(string header)
    {
        var tenant = "forge-" + header.ToLowerInvariant();
        var key = await _scene.TenantAsync(tenant, "default");
        object Message(Dictionary<string, string> headers) => new { from = $"news@{tenant}.example", to = new[] { $"ann@{tenant}.example" }, subject = "s", text = "Hi", headers };

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.CallAsync(HttpMethod.Post, "/v1/messages", Message(new() { [header] = "forged" }), key)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.CallAsync(HttpMethod.Post, "/v1/messages", Message(new() { ["X-Own"] = $"a\r\n{header}: forged" }), key)).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await host.CallAsync(HttpMethod.Post, "/v1/messages", Message(new() { ["X-Own"] = "a" }), key)).Status);
        Assert.DoesNotContain("forged", (await host.ReceivedAsync($"ann@{tenant}.example")).Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MS_29_a_tenant_sends_from_its_own_domains_only()
    {
        var key = await _scene.TenantAsync("own-domain", "mailsequence");
        object From(string from) => new
        {
            from,
            to = new[] { "you@client.example" },
            subject = "s",
            stream = "transactional",
            text = $"Hi\n{Address("own-domain")}\nUnsubscribe: https://shop.example/leave\n",
        };

        var refused = await host.CallAsync(HttpMethod.Post, "/v1/messages", From("News <news@own-domain.example.evil.example>"), key);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(refused.Json["errors"]!.AsArray(), e => Text(e!, "field") == "from");
        Assert.Equal(HttpStatusCode.Accepted, (await host.CallAsync(HttpMethod.Post, "/v1/messages", From("News <news@mail.own-domain.example>"), key)).Status);
    }

    [Fact]
    public async Task EM_18_the_tenants_country_is_on_record()
    {
        await _scene.TenantAsync("country", "emarsys");
        Assert.Equal("US", Text((await _scene.GetAsync("/v1/tenants/country"))["profile"]!, "country"));
    }

    [GeneratedRegex("List-Unsubscribe: <https?://[^/]+(/u/[^>]+)>")]
    private static partial Regex OptOut();
}
