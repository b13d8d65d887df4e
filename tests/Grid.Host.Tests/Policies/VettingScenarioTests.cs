using System.Net;
using System.Text.Json.Nodes;
using Grid.Host.Enforcement;
using Grid.Host.Tests.Whole;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Host.Tests.Policies;

/// <summary>Who a tenant is, over the real API: what a policy demands, one thing missing and nothing, and what follows.</summary>
public sealed class VettingScenarioTests(HostFixture host) : IClassFixture<HostFixture>
{
    /// <summary>Clauses about messages that a vetting file decides.</summary>
    public static IReadOnlySet<string> Clauses { get; } = new HashSet<string> { "MS-05", "MS-37", "MS-38" };

    [Fact]
    public async Task MU_01_MU_02_MU_12_tenant_is_verified_with_all_that_the_policy_demands_and_with_nothing_less()
    {
        var (tenant, vetting) = await TenantAsync("whole-co", "mailup");
        var first = await host.CallAsync(HttpMethod.Get, vetting);
        Assert.Equal(("applicant", "pending"), (Text(first, "stage"), Text(first, "state")));
        Assert.Equal(["acceptance", "legal-type", "profile", "contact", "domains", "checklist", "approval"], first.Json["demands"]!.AsArray().Select(d => d!["name"]!.GetValue<string>()));
        Assert.Equal(["profile"], Met(first));

        var accepted = await host.CallAsync(HttpMethod.Post, vetting + "/acceptance", new { person = "Jo Doe", ip = "192.0.2.7", version = 1 });
        var record = accepted.Json["acceptances"]![0]!;
        Assert.Equal(("mailup", 1, "Jo Doe", "192.0.2.7", 64), (
            record["policy"]!.GetValue<string>(), record["version"]!.GetValue<int>(), record["person"]!.GetValue<string>(), record["ip"]!.GetValue<string>(), record["hash"]!.GetValue<string>().Length));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.CallAsync(HttpMethod.Post, vetting + "/acceptance", new { person = "Jo Doe", version = 7 })).Status);

        Assert.Equal("company", Text(await host.CallAsync(HttpMethod.Put, vetting, new { legalType = "company" }), "legalType"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.CallAsync(HttpMethod.Put, vetting, new { legalType = "club" })).Status);
        await host.ConfirmAsync(vetting, $"ops@{tenant}.example", HostFixture.OperatorKey);

        var domain = first.Json["domains"]![0]!;
        var missing = await host.CallAsync(HttpMethod.Post, $"{vetting}/domains/{tenant}.example/check");
        Assert.Equal("there is no such record", missing.Json["domains"]![0]!["words"]!.GetValue<string>());
        host.Records.Publish(domain["recordName"]!.GetValue<string>(), domain["recordValue"]!.GetValue<string>());
        await host.CallAsync(HttpMethod.Post, $"{vetting}/domains/{tenant}.example/check");

        string[] chapters = ["history", "domain-age", "infrastructure", "sending-history", "list-collection"];
        foreach (var chapter in chapters)
        {
            var early = await host.CallAsync(HttpMethod.Post, vetting + "/decision", new { verdict = "verified", reason = "looks good" });
            Assert.Equal((HttpStatusCode.Conflict, true), (early.Status, Text(early, "detail").Contains(chapter, StringComparison.Ordinal)));
            Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Put, $"{vetting}/checklist/{chapter}", new { evidence = "extract of the register, 12 March", verdict = "pass" })).Status);
        }

        var ready = await host.CallAsync(HttpMethod.Get, vetting);
        Assert.Equal(("underReview", "pending"), (Text(ready, "stage"), Text(ready, "state")));
        var key = await KeyAsync(tenant);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(tenant, key)).Status);

        var done = await host.CallAsync(HttpMethod.Post, vetting + "/decision", new { verdict = "verified", reason = "all five chapters hold" });

        Assert.Equal(("verified", "active"), (Text(done, "stage"), Text(done, "state")));
        var decision = (await host.CallAsync(HttpMethod.Get, $"/v1/tenants/{tenant}")).Json["lastDecision"]!;
        Assert.Equal(("activate", "vetting", "operator"), (decision["action"]!.GetValue<string>(), decision["clause"]!.GetValue<string>(), decision["by"]!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(tenant, key)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await host.CallAsync(HttpMethod.Post, vetting + "/decision", new { verdict = "rejected", reason = "on second thoughts" })).Status);
    }

    [Fact]
    public async Task MS_65_MS_05_business_is_verified_by_itself_once_it_is_identified_and_mails_only_while_it_is_attested()
    {
        var (tenant, vetting) = await TenantAsync("ident-co", "mailsequence");
        var key = await KeyAsync(tenant);
        var domain = (await host.CallAsync(HttpMethod.Get, "/v1/vetting", key: key)).Json["domains"]![0]!;
        host.Records.Publish(domain["recordName"]!.GetValue<string>(), domain["recordValue"]!.GetValue<string>());
        Assert.Equal("pending", Text(await host.CallAsync(HttpMethod.Post, $"/v1/vetting/domains/{tenant}.example/check", key: key), "state"));
        Assert.Equal("pending", Text(await host.CallAsync(HttpMethod.Post, "/v1/vetting/attestations", new { person = "Jo Doe", regimes = new[] { "can-spam", "gdpr" } }, key), "state"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.CallAsync(HttpMethod.Post, "/v1/vetting/attestations", new { person = "Jo Doe", regimes = new[] { "hague" } }, key)).Status);

        var done = await host.CallAsync(HttpMethod.Post, "/v1/vetting/attestations", new { person = "Jo Doe", regimes = new[] { "casl" } }, key);

        Assert.Equal(("verified", "active"), (Text(done, "stage"), Text(done, "state")));
        Assert.Equal("127.0.0.1", done.Json["attestations"]![0]!["ip"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(tenant, key)).Status);

        // An operator may let one in without: its mail is still refused until somebody attests.
        var (unattested, _) = await TenantAsync("unatt-co", "mailsequence");
        await host.CallAsync(HttpMethod.Post, $"/v1/tenants/{unattested}/state", new { state = "active", reason = "known for years", overrideVetting = true });
        var refused = await PostAsync(unattested, await KeyAsync(unattested));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "MS-05"), (refused.Status, Text(refused, "clause")));
    }

    [Fact]
    public async Task MU_01_operator_lets_nobody_in_before_acceptance_but_by_an_override_that_the_ledger_shows()
    {
        var (tenant, vetting) = await TenantAsync("early-co", "mailup");
        var key = await KeyAsync(tenant);
        var state = $"/v1/tenants/{tenant}/state";
        var refused = await host.CallAsync(HttpMethod.Post, state, new { state = "active", reason = "in a hurry" });
        Assert.Equal((HttpStatusCode.Conflict, true), (refused.Status, Text(refused, "detail").Contains("somebody accepted the policy", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.CallAsync(HttpMethod.Post, state, new { state = "active", overrideVetting = true })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(tenant, key)).Status);
        Assert.Equal("pending", Text(await host.CallAsync(HttpMethod.Get, $"/v1/tenants/{tenant}"), "state"));

        var let = await host.CallAsync(HttpMethod.Post, state, new { state = "active", reason = "the board knows them", overrideVetting = true });

        Assert.Equal("active", Text(let, "state"));
        var decision = (await host.CallAsync(HttpMethod.Get, $"/v1/tenants/{tenant}")).Json["lastDecision"]!;
        Assert.Equal(("activate", "vetting-overridden", "operator"), (decision["action"]!.GetValue<string>(), decision["clause"]!.GetValue<string>(), decision["by"]!.GetValue<string>()));
        var ledger = (await host.CallAsync(HttpMethod.Get, $"/v1/decisions?subject=tenant/{tenant}")).Json["decisions"]!.AsArray().First(d => d!["clause"]!.GetValue<string>() == "vetting-overridden")!;
        Assert.Equal("the board knows them (vetting was overridden; missing: acceptance, legal-type, contact, domains, checklist)", ledger["reason"]!.GetValue<string>());
        Assert.Equal(("applicant", "active"), (Text(await host.CallAsync(HttpMethod.Get, vetting), "stage"), Text(await host.CallAsync(HttpMethod.Get, vetting), "state")));
    }

    [Fact]
    public async Task Operators_activation_of_a_tenant_that_lacks_nothing_is_the_verdict_of_its_vetting()
    {
        var (tenant, vetting) = await TenantAsync("ready-co", "sendserver");
        await host.ConfirmAsync(vetting, $"ops@{tenant}.example", HostFixture.OperatorKey);
        Assert.Equal(HttpStatusCode.Conflict, (await host.CallAsync(HttpMethod.Post, $"/v1/tenants/{tenant}/state", new { state = "active", reason = "almost" })).Status);
        var domain = (await host.CallAsync(HttpMethod.Get, vetting)).Json["domains"]![0]!;
        host.Records.Publish(domain["recordName"]!.GetValue<string>(), domain["recordValue"]!.GetValue<string>());
        await host.CallAsync(HttpMethod.Post, $"{vetting}/domains/{tenant}.example/check");

        Assert.Equal("active", Text(await host.CallAsync(HttpMethod.Post, $"/v1/tenants/{tenant}/state", new { state = "active", reason = "all is there" }), "state"));

        Assert.Equal(("verified", "active"), (Text(await host.CallAsync(HttpMethod.Get, vetting), "stage"), Text(await host.CallAsync(HttpMethod.Get, vetting), "state")));
        Assert.Equal("vetting", (await host.CallAsync(HttpMethod.Get, $"/v1/tenants/{tenant}")).Json["lastDecision"]!["clause"]!.GetValue<string>());
    }

    [Fact]
    public async Task MS_05_later_date_of_the_policy_asks_for_the_attestation_anew()
    {
        const string Policy = "policy: dated\nextends: mailsequence\neffective: DATE\nparameters: {vettingRequired: false, vetting: {demands: [], regimes: [can-spam]}}\n";
        Task<HostFixture.Reply> Push(string date) => host.CallAsync(
            HttpMethod.Put, "/v1/policies/dated", new StringContent(Policy.Replace("DATE", date, StringComparison.Ordinal), System.Text.Encoding.UTF8, "application/yaml"));
        Assert.Equal(HttpStatusCode.Created, (await Push("2026-02-20")).Status);
        var (tenant, vetting) = await TenantAsync("dated-co", "dated");
        var key = await KeyAsync(tenant);
        await host.CallAsync(HttpMethod.Post, vetting + "/attestations", new { person = "Jo Doe", regimes = new[] { "can-spam" } });
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(tenant, key)).Status);

        Assert.Equal(HttpStatusCode.OK, (await Push("2026-02-21")).Status);

        Assert.Equal("MS-05", Text(await PostAsync(tenant, key), "clause"));
        await host.CallAsync(HttpMethod.Post, vetting + "/attestations", new { person = "Jo Doe", regimes = new[] { "can-spam" } });
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(tenant, key)).Status);
    }

    [Fact]
    public async Task MU_27_rejected_applicant_is_terminated_with_the_reason_for_good()
    {
        var (tenant, vetting) = await TenantAsync("reject-co", "sendserver");

        var done = await host.CallAsync(HttpMethod.Post, vetting + "/decision", new { verdict = "rejected", reason = "buys lists" });

        Assert.Equal(("rejected", "terminated", "buys lists"), (Text(done, "stage"), Text(done, "state"), done.Json["decision"]!["reason"]!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.Conflict, (await host.CallAsync(HttpMethod.Post, vetting + "/decision", new { verdict = "verified", reason = "no" })).Status);
    }

    [Theory]
    [InlineData("company", """{"profile":{"company":"Evil Corp. Ltd"}}""")]
    [InlineData("postal address", """{"profile":{"postalAddress":"66, Bad Street; 66666 HELL"}}""")]
    [InlineData("domain", """{"sendingDomains":["again-DOMAIN.example","news.evil-DOMAIN.example"]}""")]
    [InlineData("email address", """{"profile":{"contactEmail":"Boss@evil-mail.example"}}""")]
    public async Task MS_31_new_tenant_that_shares_anything_with_a_terminated_one_is_held_for_review_whatever_its_policy(string what, string change)
    {
        var id = what.Split(' ')[0];
        await host.CallAsync(HttpMethod.Put, "/v1/tenants/evil-" + id, Applicant("evil-" + id, """{"profile":{"company":"Evil Corp","postalAddress":"66 Bad Street, 66666 Hell","contactEmail":"boss@evil-mail.example"}}"""));
        await host.CallAsync(HttpMethod.Post, $"/v1/tenants/evil-{id}/state", new { state = "terminated", reason = "fraud" });
        await host.Services.GetRequiredService<LedgerWatch>().FollowAsync(default);

        var put = await host.CallAsync(HttpMethod.Put, "/v1/tenants/again-" + id, Applicant("again-" + id, change.Replace("DOMAIN", id, StringComparison.Ordinal)));

        Assert.Equal("pending", Text(put, "state"));
        var vetting = await host.CallAsync(HttpMethod.Get, $"/v1/tenants/again-{id}/vetting");
        Assert.Equal(("underReview", false), (Text(vetting, "stage"), vetting.Json["demands"]![0]!["met"]!.GetValue<bool>()));
        Assert.Contains(what, vetting.Json["demands"]![0]!["words"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotEmpty(vetting.Json["matches"]!.AsArray());
        var opened = Assert.Single((await host.CallAsync(HttpMethod.Get, $"/v1/cases?subject=tenant/again-{id}")).Json["cases"]!.AsArray())!;
        Assert.Contains(what, opened["words"]!.GetValue<string>(), StringComparison.Ordinal);
        var key = await KeyAsync("again-" + id);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync("again-" + id, key)).Status);
        Assert.DoesNotContain("evil-", (await host.CallAsync(HttpMethod.Get, "/v1/vetting", key: key)).Text.Replace("evil-mail", "", StringComparison.Ordinal).Replace($"evil-{id}.example", "", StringComparison.Ordinal), StringComparison.Ordinal);

        var approved = await host.CallAsync(HttpMethod.Post, $"/v1/tenants/again-{id}/vetting/decision", new { verdict = "verified", reason = "the new owner has shown the papers" });
        Assert.Equal("active", Text(approved, "state"));
    }

    [Fact]
    public async Task MS_31_origin_of_a_key_and_payment_reference_are_remembered_and_found_later_too()
    {
        await host.CallAsync(HttpMethod.Put, "/v1/tenants/payer", Applicant("payer", "{}"));
        await host.CallAsync(HttpMethod.Put, "/v1/tenants/payer/vetting", new { paymentReference = "IBAN DE02 1203" });
        Assert.Equal(HttpStatusCode.Created, (await host.CallAsync(HttpMethod.Post, "/v1/tenants/payer/keys", new { createdFrom = "198.51.100.9" })).Status);
        await host.CallAsync(HttpMethod.Post, "/v1/tenants/payer/state", new { state = "terminated", reason = "fraud" });
        await host.Services.GetRequiredService<LedgerWatch>().FollowAsync(default);
        Assert.Equal("active", Text(await host.CallAsync(HttpMethod.Put, "/v1/tenants/payer2", Applicant("payer2", "{}")), "state"));

        await host.CallAsync(HttpMethod.Put, "/v1/tenants/payer2/vetting", new { paymentReference = "IBAN DE02 1203" });
        await host.CallAsync(HttpMethod.Post, "/v1/tenants/payer2/keys", new { createdFrom = "198.51.100.9" });

        var file = await host.CallAsync(HttpMethod.Get, "/v1/tenants/payer2/vetting");
        Assert.Equal([("payment", "payer"), ("ip", "payer")], file.Json["matches"]!.AsArray().Select(m => (m!["kind"]!.GetValue<string>(), m["tenant"]!.GetValue<string>())));
        Assert.DoesNotContain("1203", file.Text, StringComparison.Ordinal);
        Assert.Equal(2, (await host.CallAsync(HttpMethod.Get, "/v1/decisions?subject=tenant/payer2")).Json["decisions"]!.AsArray().Count(d => d!["action"]!.GetValue<string>() == "tenant.evasion"));
    }

    [Fact]
    public async Task Probation_begins_with_the_verification_and_bounds_what_is_taken_a_day()
    {
        const string Policy = "policy: slow\nextends: default\nparameters: {vettingRequired: true, ladder: {probation: [{perDay: 2 messages, for: 3 d}, {perDay: 5 messages, for: 3 d}]}}\n";
        await host.CallAsync(HttpMethod.Put, "/v1/policies/slow", new StringContent(Policy, System.Text.Encoding.UTF8, "application/yaml"));
        var (tenant, vetting) = await TenantAsync("slow-co", "slow");
        var key = await KeyAsync(tenant);
        Assert.Equal("active", Text(await host.CallAsync(HttpMethod.Post, vetting + "/decision", new { verdict = "verified", reason = "known" }), "state"));

        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(tenant, key)).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(tenant, key)).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await PostAsync(tenant, key)).Status);
    }

    [Fact]
    public async Task Link_that_is_no_token_confirms_nothing_and_addresses_are_asked_a_few_times_only()
    {
        var (_, vetting) = await TenantAsync("asked-co", "default");
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Post, "/address/AAAA", key: null)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.CallAsync(HttpMethod.Post, vetting + "/addresses", new { address = "nobody" })).Status);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.Accepted, (await host.CallAsync(HttpMethod.Post, vetting + "/addresses", new { address = "poor@victim.example" })).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await host.CallAsync(HttpMethod.Post, vetting + "/addresses", new { address = "poor@victim.example" })).Status);
        Assert.Null((await host.CallAsync(HttpMethod.Get, vetting)).Json["addresses"]![0]!["confirmedAt"]);
    }

    private static IEnumerable<string> Met(HostFixture.Reply reply) => reply.Json["demands"]!.AsArray().Where(d => d!["met"]!.GetValue<bool>()).Select(d => d!["name"]!.GetValue<string>());

    private static string Text(HostFixture.Reply reply, string name) => reply.Json[name]!.GetValue<string>();

    // Nothing of it is another's, but for what is changed.
    private static JsonObject Applicant(string id, string change)
    {
        var body = JsonNode.Parse($$"""
            {"name":"{{id}}","policy":"default","sendingDomains":["{{id}}.example"],
             "profile":{"company":"{{id}} Works","postalAddress":"{{id}} Road 1","website":"https://{{id}}.example","contactEmail":"ops@{{id}}.example","country":"US"} }
            """)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            if (value is JsonObject profile)
            {
                foreach (var (field, text) in profile)
                {
                    body[name]![field] = text!.DeepClone();
                }
            }
            else
            {
                body[name] = value!.DeepClone();
            }
        }

        return body;
    }

    private async Task<(string Tenant, string Vetting)> TenantAsync(string id, string policy)
    {
        var body = Applicant(id, "{}");
        body["policy"] = policy;
        Assert.Equal(HttpStatusCode.Created, (await host.CallAsync(HttpMethod.Put, $"/v1/tenants/{id}", body)).Status);
        return (id, $"/v1/tenants/{id}/vetting");
    }

    private async Task<string> KeyAsync(string tenant) => Text(await host.CallAsync(HttpMethod.Post, $"/v1/tenants/{tenant}/keys", new { }), "key");

    private Task<HostFixture.Reply> PostAsync(string tenant, string key) => host.CallAsync(
        HttpMethod.Post,
        "/v1/messages",
        new
        {
            from = $"news@{tenant}.example",
            to = new[] { "you@client.example" },
            subject = "Hello",
            text = $"Hello, we saw your shop\n\n{tenant} Road 1\nUnsubscribe: https://shop.example/leave\n",
            consent = new { method = "double-opt-in", at = "2026-01-01T00:00:00Z", ip = "192.0.2.1", source = "form" },
        },
        key);
}
