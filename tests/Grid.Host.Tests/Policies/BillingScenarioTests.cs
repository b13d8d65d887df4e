using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Grid.Host.Tests.Whole;

namespace Grid.Host.Tests.Policies;

/// <summary>What terminations and damage mean in money, over the real API and the billing's webhook.</summary>
public sealed class BillingScenarioTests(BillingFixture host) : IClassFixture<BillingFixture>
{
    [Theory]
    [InlineData("MS-56", "mailsequence", false)]
    [InlineData("MU-88", "mailup", false)]
    [InlineData("EM-26", "emarsys", true)]
    public async Task Termination_ends_the_contract_and_billing_hears_whether_money_goes_back(string clause, string policy, bool refund)
    {
        var tenant = "ends-" + policy;
        await TenantAsync(tenant, policy);
        Assert.Null((await host.CallAsync(HttpMethod.Get, $"/v1/tenants/{tenant}/billing")).Json["ended"]);

        await host.CallAsync(HttpMethod.Post, $"/v1/tenants/{tenant}/state", new { state = "terminated", reason = $"spam, {clause}" });

        var hook = await host.Receiver.NextAsync();
        var data = JsonNode.Parse(hook.Body)!["data"]!;
        Assert.Equal(("termination", tenant, refund, $"spam, {clause}", policy), (
            JsonNode.Parse(hook.Body)!["type"]!.GetValue<string>(), data["tenant"]!.GetValue<string>(), data["ended"]!["refundEligible"]!.GetValue<bool>(), data["ended"]!["reason"]!.GetValue<string>(),
            data["ended"]!["policy"]!["name"]!.GetValue<string>()));
        var signed = Encoding.UTF8.GetBytes($"{hook.Headers["webhook-id"]}.{hook.Headers["webhook-timestamp"]}.{hook.Body}");
        Assert.Equal("v1," + Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(BillingFixture.Secret), signed)), hook.Headers["webhook-signature"]);
        Assert.Equal(refund, (await host.CallAsync(HttpMethod.Get, $"/v1/tenants/{tenant}/billing")).Json["ended"]!["refundEligible"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Refund_is_that_of_the_version_that_the_contract_ended_under()
    {
        const string Policy = "policy: refunds\nextends: default\nparameters: {duties: {refund: FLAG}}\n";
        Task<HostFixture.Reply> Push(string flag) => host.CallAsync(
            HttpMethod.Put, "/v1/policies/refunds", new StringContent(Policy.Replace("FLAG", flag, StringComparison.Ordinal), Encoding.UTF8, "application/yaml"));
        await Push("false");
        await TenantAsync("ended-early", "refunds");
        await TenantAsync("ended-late", "refunds");
        await host.CallAsync(HttpMethod.Post, "/v1/tenants/ended-early/state", new { state = "terminated", reason = "spam" });
        await Push("true");
        await host.CallAsync(HttpMethod.Post, "/v1/tenants/ended-late/state", new { state = "terminated", reason = "spam" });

        foreach (var (tenant, refund, version) in new[] { ("ended-early", false, 1), ("ended-late", true, 2) })
        {
            var ended = (await host.CallAsync(HttpMethod.Get, $"/v1/tenants/{tenant}/billing")).Json["ended"]!;
            Assert.Equal((refund, version), (ended["refundEligible"]!.GetValue<bool>(), ended["policy"]!["version"]!.GetValue<int>()));
        }

        await host.Receiver.NextAsync();
        await host.Receiver.NextAsync();
    }

    [Fact]
    public async Task MS_57_costs_of_repair_are_laid_to_the_tenant_by_case_and_exported()
    {
        await TenantAsync("costly", "mailsequence");
        await TenantAsync("cheap", "mailsequence");
        var own = (await host.CallAsync(HttpMethod.Post, "/v1/cases", new { subject = "tenant/costly", words = "listed" })).Json["id"]!.GetValue<string>();
        var shared = (await host.CallAsync(HttpMethod.Post, "/v1/cases", new { subject = "ip/192.0.2.5", words = "listed" })).Json["id"]!.GetValue<string>();
        await host.CallAsync(HttpMethod.Post, $"/v1/cases/{own}/notes", new { kind = "cost", words = "delisting, \"3 h\"", amount = 240.50, currency = "EUR" });
        await host.CallAsync(HttpMethod.Post, $"/v1/cases/{shared}/notes", new { kind = "cost", words = "=a new IP", amount = 60, currency = "EUR", tenant = "costly" });

        var account = await host.CallAsync(HttpMethod.Get, "/v1/tenants/costly/billing");
        var csv = await host.CallAsync(HttpMethod.Get, "/v1/tenants/costly/billing?format=csv");

        Assert.True(account.Json["costsAreTheTenants"]!.GetValue<bool>());
        Assert.Equal(("EUR", 300.50m), (account.Json["totals"]![0]!["currency"]!.GetValue<string>(), account.Json["totals"]![0]!["amount"]!.GetValue<decimal>()));
        Assert.Equal("text/csv", csv.MediaType);
        var lines = csv.Text.Split("\r\n");
        Assert.Equal("at,tenant,case,what,amount,currency", lines[0]);
        Assert.EndsWith($",costly,{own},\"delisting, \"\"3 h\"\"\",240.50,EUR", lines[1], StringComparison.Ordinal);
        Assert.EndsWith($",costly,{shared},\"'=a new IP\",60.00,EUR", lines[2], StringComparison.Ordinal);
        Assert.Empty((await host.CallAsync(HttpMethod.Get, "/v1/tenants/cheap/billing")).Json["costs"]!.AsArray());
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Get, "/v1/tenants/nobody/billing")).Status);
    }

    private async Task TenantAsync(string id, string policy) =>
        Assert.Equal(HttpStatusCode.Created, (await host.CallAsync(HttpMethod.Put, $"/v1/tenants/{id}", new { name = id, policy, sendingDomains = new[] { $"{id}.example" } })).Status);
}
