using System.Net;
using System.Text.Json.Nodes;
using Grid.Host.Tests.Whole;

namespace Grid.Host.Tests.Policies;

/// <summary>What is reported, over the real API: which checks serve which law, which controls are on, abuse contacts, incidents, what tenants ask of the platform.</summary>
public sealed class ReportScenarioTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task MS_04_report_says_for_each_law_which_checks_are_on_and_who_attests_that_it_is_kept()
    {
        var key = await TenantAsync("lawful", "mailsequence");
        await host.CallAsync(HttpMethod.Post, "/v1/vetting/attestations", new { person = "Jo Doe", regimes = new[] { "gdpr" } }, key);

        var report = await host.CallAsync(HttpMethod.Get, "/v1/compliance", key: key);

        var regimes = report.Json["regimes"]!.AsArray().ToDictionary(r => r!["regime"]!.GetValue<string>(), r => r!);
        Assert.Contains("MS-40", Checks(regimes["can-spam"], "on"));
        Assert.Contains("MS-10", Checks(regimes["can-spam"], "on report"));
        Assert.Contains("MS-17", Checks(regimes["gdpr"], "on"));
        Assert.DoesNotContain("MS-40", Checks(regimes["gdpr"], "on"));
        Assert.Equal("Jo Doe", regimes["gdpr"]["attestedBy"]!.GetValue<string>());
        Assert.Null(regimes["casl"]["attestedBy"]);
        Assert.Equal(report.Json["controls"]!.ToJsonString(), (await host.CallAsync(HttpMethod.Get, "/v1/tenants/lawful/compliance")).Json["controls"]!.ToJsonString());
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Get, "/v1/tenants/nobody/compliance")).Status);
    }

    [Fact]
    public async Task SS_23_report_says_of_every_rule_whether_it_is_on_and_a_waiver_shows()
    {
        var key = await TenantAsync("controls", "sendserver");
        var before = (await host.CallAsync(HttpMethod.Get, "/v1/compliance", key: key)).Json;
        Assert.Equal(Enumerable.Range(1, 26).Select(i => $"SS-{i:00}").Except(before["controls"]!.AsArray().Select(c => c!["clause"]!.GetValue<string>())), []);
        Assert.Equal("on", State(before, "SS-12"));
        Assert.Equal("on report", State(before, "SS-08"));

        await host.CallAsync(HttpMethod.Put, "/v1/tenants/controls/overrides/SS-05", new { waived = true, reason = "a trial" });

        var after = (await host.CallAsync(HttpMethod.Get, "/v1/compliance", key: key)).Json;
        Assert.Equal("waived", State(after, "SS-05"));
        Assert.Equal(after["controls"]!.AsArray().Count, after["summary"]!.AsObject().Sum(s => s.Value!.GetValue<int>()));
    }

    [Fact]
    public async Task EM_53_each_sending_domain_has_an_abuse_contact_and_the_report_says_whether_somebody_reads_its_own()
    {
        var key = await TenantAsync("abused", "emarsys");
        await host.ConfirmAsync("/v1/vetting", "abuse@abused.example", key);

        var contact = (await host.CallAsync(HttpMethod.Get, "/v1/compliance", key: key)).Json["abuseContacts"]![0]!;

        Assert.Equal(("abused.example", "abuse-report@emarsys.com", "confirmed", "not asked"), (
            contact["domain"]!.GetValue<string>(), contact["contact"]!.GetValue<string>(), contact["abuse"]!.GetValue<string>(), contact["postmaster"]!.GetValue<string>()));
    }

    [Fact]
    public async Task SS_26_bulk_mail_links_to_the_page_where_abuse_is_reported_and_the_page_is_there()
    {
        var key = await TenantAsync("linked", "default");
        await host.CallAsync(HttpMethod.Post, "/v1/messages", new { from = "news@linked.example", to = new[] { "bulk@l-r.example" }, subject = "x", text = "x\n" }, key);
        await host.CallAsync(HttpMethod.Post, "/v1/messages", new { from = "news@linked.example", to = new[] { "trans@l-r.example" }, subject = "x", text = "x\n", stream = "transactional" }, key);
        var raw = new StringContent("From: news@linked.example\r\nSubject: x\r\n\r\nx\r\n", System.Text.Encoding.ASCII, "message/rfc822");
        await host.CallAsync(HttpMethod.Post, "/v1/messages/raw?to=raw@l-r.example", raw, key);
        var got = new Dictionary<string, string>();
        while (got.Count < 3)
        {
            var message = await host.ReceivedAsync();
            if (message.Recipients[0].EndsWith("@l-r.example", StringComparison.Ordinal))
            {
                got[message.Recipients[0]] = message.Data;
            }
        }

        Assert.Matches("\r\nX-Report-Abuse: http://[^ ]+/abuse\r\n", got["bulk@l-r.example"]);
        Assert.Matches("X-Report-Abuse: http://[^ ]+/abuse\r\n", got["raw@l-r.example"]);
        Assert.DoesNotContain("X-Report-Abuse", got["trans@l-r.example"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Get, "/abuse", key: null)).Status);
    }

    [Fact]
    public async Task MU_22_what_a_tenant_asks_of_the_platform_is_shown()
    {
        var key = await TenantAsync("asks", "default");
        await host.CallAsync(HttpMethod.Post, "/v1/messages", new { from = "news@asks.example", to = new[] { "a@asks-r.example" }, subject = "x", text = "x\n" }, key);
        await host.DeliveredAsync("asks", 1);
        await host.CallAsync(HttpMethod.Post, "/v1/queue/pause", new { tenant = "asks" });
        await host.CallAsync(HttpMethod.Post, "/v1/messages", new { from = "news@asks.example", to = new[] { "b@asks-r.example", "c@asks-r.example" }, subject = "x", text = "x\n" }, key);

        var usage = (await host.CallAsync(HttpMethod.Get, "/v1/tenants/asks/billing")).Json["usage"]!;

        Assert.Equal((1, 0, 0, 2), (usage["attempts"]!.GetValue<int>(), usage["retries"]!.GetValue<int>(), usage["complaints"]!.GetValue<int>(), usage["queued"]!.GetValue<int>()));
    }

    [Fact]
    public async Task MU_25_MU_28_incidents_with_receivers_are_on_record_with_who_is_behind_them_and_are_shared_without_names()
    {
        var key = await TenantAsync("culprit", "default");
        await host.CallAsync(HttpMethod.Post, "/v1/messages", new { from = "news@culprit.example", to = new[] { "a@inc-r.example" }, subject = "x", text = "x\n" }, key);
        await host.DeliveredAsync("culprit", 1);
        await host.CallAsync(HttpMethod.Post, "/v1/domains/inc-r.example/state", new { state = "suspended", reason = "they block us: too many complaints" });
        await host.CallAsync(HttpMethod.Post, "/v1/findings", new { subject = "ip/192.0.2.9", signal = "listing.spamhaus", evidence = "SBL 1234" });

        var all = (await host.CallAsync(HttpMethod.Get, "/v1/incidents")).Json["incidents"]!.AsArray();
        Assert.Contains(all, i => i!["subject"]!.GetValue<string>() == "ip/192.0.2.9" && i["cause"]!.GetValue<string>().Contains("SBL 1234", StringComparison.Ordinal));
        var id = (await host.CallAsync(HttpMethod.Get, "/v1/incidents?subject=domain/inc-r.example")).Json["incidents"]![0]!["id"]!.GetValue<string>();
        var one = await host.CallAsync(HttpMethod.Get, $"/v1/incidents/{id}");
        Assert.Equal(("culprit", 1m), (one.Json["tenants"]![0]!["tenant"]!.GetValue<string>(), one.Json["tenants"]![0]!["share"]!.GetValue<decimal>()));
        var text = (await host.CallAsync(HttpMethod.Get, $"/v1/incidents/{id}?format=text")).Text;
        Assert.Contains("too many complaints", text, StringComparison.Ordinal);
        Assert.DoesNotContain("culprit", text, StringComparison.Ordinal);

        var shared = await host.CallAsync(HttpMethod.Post, $"/v1/incidents/{id}/shares", new { with = "postmaster@inc-r.example", words = "the tenant is suspended" });

        Assert.Equal((HttpStatusCode.Created, "postmaster@inc-r.example"), (shared.Status, shared.Json["sharedWith"]![0]!["with"]!.GetValue<string>()));
        await host.CallAsync(HttpMethod.Post, "/v1/domains/inc-r.example/state", new { state = "active", reason = "they take it again" });
        Assert.NotNull((await host.CallAsync(HttpMethod.Get, $"/v1/incidents/{id}")).Json["endedAt"]);
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Get, "/v1/incidents/none")).Status);
    }

    private static string State(JsonNode report, string clause) => report["controls"]!.AsArray().Single(c => c!["clause"]!.GetValue<string>() == clause)!["state"]!.GetValue<string>();

    private static IEnumerable<string> Checks(JsonNode regime, string state) =>
        regime["checks"]!.AsArray().Where(c => c!["state"]!.GetValue<string>() == state).Select(c => c!["clause"]!.GetValue<string>()).ToList();

    private async Task<string> TenantAsync(string id, string policy)
    {
        Assert.Equal(HttpStatusCode.Created, (await host.CallAsync(HttpMethod.Put, $"/v1/tenants/{id}", new { name = id, policy, sendingDomains = new[] { $"{id}.example" } })).Status);
        return (await host.CallAsync(HttpMethod.Post, $"/v1/tenants/{id}/keys", new { })).Json["key"]!.GetValue<string>();
    }
}
