using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Grid.Core.Admission;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Console.Tests.Beds;

/// <summary>
/// One of everything that a page can show, around one tenant: mail delivered, waiting and held, decisions, a case, an abuse report, an incident, consent,
/// suppressions, exceptions, a vetting. Wherever text comes from outside, it is the text that was given.
/// </summary>
internal sealed class Scenery
{
    private const string Policy = "policy: careful\nextends: default\nclauses:\n  - id: many\n    words: mail to more than one is looked at first\n    subject: message\n    when: {declaration: message.recipients, above: 1 recipients}\n    then: hold\n";

    private readonly Dictionary<string, string> _ids = [];

    private Scenery(string tenant) => _ids["tenant"] = tenant;

    /// <summary>The tenant's own key.</summary>
    public string Key { get; private set; } = "";

    public static async Task<Scenery> SetAsync(ConsoleGrid grid, string tenant, string text = "as it is")
    {
        var scenery = new Scenery(tenant);
        await scenery.SetTenantAsync(grid, tenant, text);
        await scenery.SetMailAsync(grid, tenant, text);
        await scenery.SetDesksAsync(grid, tenant, text);
        return scenery;
    }

    /// <summary>A path with ids in place of their names: <c>/held/{held}</c>.</summary>
    public string At(string path) => _ids.Aggregate(path, (at, id) => at.Replace($"{{{id.Key}}}", Uri.EscapeDataString(id.Value), StringComparison.Ordinal));

    private async Task SetTenantAsync(ConsoleGrid grid, string tenant, string text)
    {
        using (var policy = new HttpRequestMessage(HttpMethod.Put, "/v1/policies/careful") { Content = new StringContent(Policy, Encoding.UTF8, "application/yaml") })
        {
            policy.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ConsoleGrid.OperatorKey);
            using var pushed = await grid.Http.SendAsync(policy);
            Assert.True(pushed.IsSuccessStatusCode);
        }

        Key = await grid.TenantAsync(tenant);
        var profile = new { company = text, postalAddress = text, website = text, contactEmail = $"ops@{tenant}.example", country = text };
        await grid.CallAsync(HttpMethod.Put, $"/v1/tenants/{tenant}", new { name = text, policy = "careful", sendingDomains = new[] { $"{tenant}.example" }, profile });
        await grid.CallAsync(HttpMethod.Put, $"/v1/tenants/{tenant}-child", new { name = text, policy = "default", sendingDomains = new[] { $"{tenant}-child.example" }, parent = tenant });
        await grid.CallAsync(HttpMethod.Put, $"/v1/tenants/{tenant}/vetting", new { legalType = "company", senderNames = new[] { text } });
        await grid.CallAsync(HttpMethod.Post, $"/v1/tenants/{tenant}/vetting/acceptance", new { person = text });
        await grid.CallAsync(HttpMethod.Put, $"/v1/tenants/{tenant}/vetting/checklist/history", new { verdict = "open", evidence = text });
        await grid.CallAsync(HttpMethod.Put, $"/v1/tenants/{tenant}/overrides/complaint-cutoff", new { threshold = 0.002, reason = text });
        await grid.CallAsync(HttpMethod.Post, $"/v1/tenants/{tenant}/scopes/campaign/{Uri.EscapeDataString(text.Replace('/', '|'))}/state", new { state = "suspended", reason = text });
        await grid.CallAsync(HttpMethod.Post, $"/v1/tenants/{tenant}/scopes/campaign/spring/state", new { state = "suspended", reason = text });
        await grid.CallAsync(HttpMethod.Put, $"/v1/tenants/{tenant}/suppressions/gone@{tenant}-r.example", new { reason = "manual", detail = text });
        await grid.CallAsync(HttpMethod.Put, $"/v1/tenants/*/suppressions/nobody@{tenant}-r.example", new { reason = "manual", detail = text });
        await grid.CallAsync(HttpMethod.Put, $"/v1/tenants/{tenant}/consents/a@{tenant}-r.example", new { method = text, at = "2026-01-02T03:04:05Z", list = text, source = text, evidence = text, topic = text });
        await grid.CallAsync(HttpMethod.Post, $"/v1/tenants/{tenant}/state", new { state = "warned", reason = text });
        await grid.CallAsync(HttpMethod.Post, $"/v1/tenants/{tenant}/state", new { state = "active", reason = text });
        _ids["decision"] = (await grid.CallAsync(HttpMethod.Get, $"/v1/decisions?subject=tenant/{tenant}")).Json["decisions"]![0]!["id"]!.GetValue<string>();
    }

    private async Task SetMailAsync(ConsoleGrid grid, string tenant, string text)
    {
        var single = new { from = $"news@{tenant}.example", to = new[] { $"a@{tenant}-r.example" }, subject = text, text, campaign = "winter" };
        await grid.CallAsync(HttpMethod.Post, "/v1/messages", single, Key);
        await grid.CallAsync(HttpMethod.Post, "/v1/messages", single with { to = ["a@dead.example"] }, Key);
        await grid.CallAsync(HttpMethod.Post, "/v1/messages", single with { to = [$"a@{tenant}-r.example", $"b@{tenant}-r.example"] }, Key);
        await grid.UntilAsync($"/v1/tenants/{tenant}", json => json["counters"]!["delivered"]!.GetValue<int>() == 1);
        _ids["held"] = (await grid.CallAsync(HttpMethod.Get, $"/v1/held?tenant={tenant}")).Json["messages"]![0]!["id"]!.GetValue<string>();
        await grid.UntilAsync("/v1/sites", json => json["sites"]!.AsArray().Count > 0);
        _ids["site"] = (await grid.CallAsync(HttpMethod.Get, "/v1/sites")).Json["sites"]![0]!["site"]!.GetValue<string>();
        await grid.CallAsync(HttpMethod.Put, $"/v1/domains/{tenant}-r.example/limits", new { maxConnections = 5 });
    }

    private async Task SetDesksAsync(ConsoleGrid grid, string tenant, string text)
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        _ids["warming"] = "127.0.0.70";
        await grid.CallAsync(HttpMethod.Put, "/v1/ips/127.0.0.70", new { pool = "quarantine", warmup = new { plan = "standard", startedOn = today.AddDays(-3).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) } });
        await grid.CallAsync(HttpMethod.Post, "/v1/findings", new { subject = "ip/127.0.0.70", signal = "listing.spamhaus", evidence = text });
        _ids["incident"] = (await grid.CallAsync(HttpMethod.Get, "/v1/incidents?subject=ip/127.0.0.70")).Json["incidents"]![0]!["id"]!.GetValue<string>();
        await grid.CallAsync(HttpMethod.Post, $"/v1/incidents/{_ids["incident"]}/shares", new { with = text, words = text });
        _ids["case"] = (await grid.CallAsync(HttpMethod.Post, "/v1/cases", new { subject = $"tenant/{tenant}", words = text })).Json["id"]!.GetValue<string>();
        await grid.CallAsync(HttpMethod.Post, $"/v1/cases/{_ids["case"]}/notes", new { kind = "note", words = text });
        await grid.CallAsync(HttpMethod.Post, "/v1/findings", new { subject = $"tenant/{tenant}", signal = "list.shared", evidence = text, campaign = "spring" });
        await grid.Services.GetRequiredService<IAbuseReports>().AddAsync(new()
        {
            At = DateTimeOffset.UnixEpoch.AddYears(56),
            Source = AbuseSource.Form,
            Sender = text,
            Words = text,
            Evidence = Encoding.UTF8.GetBytes($"From: {text}\r\nSubject: {text}\r\n\r\n{text}\r\n"),
        });
        _ids["report"] = (await grid.CallAsync(HttpMethod.Get, "/v1/abuse?limit=1")).Json["cases"]![0]!["id"]!.GetValue<string>();
        await grid.CallAsync(HttpMethod.Put, $"/v1/webhooks/hook", new { url = "https://hooks.example/in" }, Key);
    }
}
