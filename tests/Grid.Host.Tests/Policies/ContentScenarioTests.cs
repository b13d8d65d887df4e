using System.Net;
using System.Text.Json.Nodes;
using Grid.Core.Enforcement.Policies;
using Grid.Host.Policies;
using Grid.Host.Tests.Whole;

namespace Grid.Host.Tests.Policies;

/// <summary>
/// Every clause of every built-in policy that refuses a message for what a check found, over the real API: a finding about a campaign refuses
/// that campaign's messages with the clause, and no other's.
/// </summary>
public sealed class ContentScenarioTests(HostFixture host) : IClassFixture<HostFixture>
{
    /// <summary>Policy, id of the clause, the finding.</summary>
    public static TheoryData<string, string, string> Clauses => FindingScenarioTests.Clauses;

    private readonly ClauseScene _scene = new(host);

    [Theory]
    [MemberData(nameof(Clauses))]
    public async Task Finding_about_a_campaign_refuses_its_messages_and_no_others(string policy, string id, string finding)
    {
        var tenant = $"{policy}-{id}-{finding}".ToLowerInvariant().Replace('.', '-');
        tenant = tenant.Length > 63 ? tenant[..63].TrimEnd('-') : tenant;
        var key = await _scene.TenantAsync(tenant, policy);
        Assert.Equal(HttpStatusCode.Accepted, (await _scene.PostAsync(tenant, key, "spring")).Status);

        await _scene.ReportAsync("tenant/" + tenant, finding, tenant, "spring");

        var holds = BuiltInPolicies.Policy(policy)!.Message.First(c => c.Id == id).Action == Consequence.Hold;
        var stopped = await _scene.PostAsync(tenant, key, "spring");
        if (holds)
        {
            Assert.Equal((HttpStatusCode.Accepted, "held", id), (stopped.Status, stopped.Json["recipients"]![0]!["status"]!.GetValue<string>(), stopped.Json["recipients"]![0]!["clause"]!.GetValue<string>()));
            Assert.Equal(id, Assert.Single((await _scene.GetAsync($"/v1/held?tenant={tenant}"))["messages"]!.AsArray())!["clause"]!.GetValue<string>());
        }
        else
        {
            Assert.Equal((HttpStatusCode.UnprocessableEntity, policy), (stopped.Status, stopped.Json["policy"]!.GetValue<string>()));
            Assert.Contains(id, Named(stopped.Json["errors"]));
        }

        var check = await _scene.PostAsync(tenant, key, "spring", path: "/v1/messages/check");
        Assert.False(check.Json["accepted"]!.GetValue<bool>());
        Assert.Contains(id, Named(check.Json["findings"]));
        var summer = await _scene.PostAsync(tenant, key, "summer", path: "/v1/messages/check");
        Assert.DoesNotContain(id, Named(summer.Json["findings"]).Where((_, i) => summer.Json["findings"]![i]!["field"]!.GetValue<string>() != "tenant"));
        var noted = (await _scene.GetAsync($"/v1/decisions?subject=tenant/{tenant}"))["decisions"]!.AsArray();
        Assert.Contains(noted, d => d!["kind"]!.GetValue<string>() == "finding" && d["action"]!.GetValue<string>() == finding);
        var refusals = (await _scene.GetAsync($"/v1/decisions?subject=policy/{policy}&limit=1000"))["decisions"]!.AsArray();
        Assert.True(holds || refusals.Any(d => d!["kind"]!.GetValue<string>() == "refusal" && d["clause"]!.GetValue<string>() == id));
    }

    private static List<string> Named(JsonNode? errors) => [.. errors!.AsArray().Select(e => e!["clause"]?.GetValue<string>() ?? "")];
}
