using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Grid.Host.Tests.Whole;

/// <summary>Plus tags and Gmail's dots make no other address where the tenant's policy says so.</summary>
public sealed class SuppressedSpellingTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Theory]
    [InlineData("[plusTags, gmailDots]", "ann+news@s-r.example", "ann@s-r.example", "suppressed")]
    [InlineData("[plusTags, gmailDots]", "ann@s-r.example", "Ann+other@s-r.example", "suppressed")]
    [InlineData("[plusTags, gmailDots]", "ann+a@s-r.example", "ann+b@s-r.example", "suppressed")]
    [InlineData("[plusTags, gmailDots]", "a.n.n@gmail.com", "ann+x@googlemail.com", "suppressed")]
    [InlineData("[plusTags, gmailDots]", "a.n.n@s-r.example", "ann@s-r.example", "queued")]
    [InlineData("[gmailDots]", "ann+news@s-r.example", "ann@s-r.example", "queued")]
    [InlineData("[plusTags]", "a.nn@gmail.com", "ann@gmail.com", "queued")]
    [InlineData("[]", "ann+a@s-r.example", "ann+b@s-r.example", "queued")]
    public async Task Spelling_is_the_same_address_where_the_policy_ignores_its_difference(string ignores, string suppressed, string given, string status)
    {
        var tenant = "spelling-" + Guid.NewGuid().ToString("N")[..12];
        var pushed = await host.CallAsync(
            HttpMethod.Put, $"/v1/policies/{tenant}", new StringContent($"policy: {tenant}\nparameters: {{suppression: {{ignores: {ignores}}}}}\n", Encoding.UTF8, "application/yaml"));
        Assert.True(pushed.Status == HttpStatusCode.Created, pushed.Text);
        var key = await host.TenantAsync(tenant, policy: tenant);
        Assert.True((await host.CallAsync(HttpMethod.Put, "/v1/suppressions/" + Uri.EscapeDataString(suppressed), new { reason = "manual" }, key)).Status is HttpStatusCode.OK or HttpStatusCode.Created);

        var sent = await host.CallAsync(
            HttpMethod.Post, "/v1/messages", new JsonObject { ["from"] = $"n@{tenant}.example", ["to"] = new JsonArray(given), ["subject"] = "s", ["text"] = "t" }, key);

        Assert.True(sent.Status == HttpStatusCode.Accepted, sent.Text);
        Assert.Equal(status, sent.Json["recipients"]![0]!["status"]!.GetValue<string>());

        // What the tenant suppressed it may free again, whole.
        Assert.Equal(HttpStatusCode.NoContent, (await host.CallAsync(HttpMethod.Delete, "/v1/suppressions/" + Uri.EscapeDataString(suppressed), null, key)).Status);
        Assert.Empty((await host.CallAsync(HttpMethod.Get, "/v1/suppressions", key: key)).Json["suppressions"]!.AsArray());
    }
}
