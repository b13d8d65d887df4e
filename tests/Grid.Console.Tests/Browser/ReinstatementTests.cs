using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Grid.Cli.Tests;
using Grid.Console.Tests.Beds;
using Grid.Host.Tests.Whole;
using Microsoft.Playwright;

namespace Grid.Console.Tests.Browser;

/// <summary>One tenant in two grids, suspended for the same finding: understood and reinstated in the console of one, and by the command of the other.</summary>
[Collection(nameof(ConsoleCollection))]
public sealed class ReinstatementTests(ConsoleGrid grid, Browsing browsing, HostFixture other) : IClassFixture<HostFixture>
{
    private const string Tenant = "cut-off";
    private const string Clause = "malware-found";
    private const string Reason = "the key is revoked – they showed us";

    private const string Policy = """
        policy: tight
        extends: default
        clauses:
          - id: malware-found
            words: malware in a message suspends at once
            remedy: find out who had your key
            subject: tenant
            when: {finding: content.malware}
            then: suspend
        """;

    [Fact]
    public async Task Suspended_tenant_is_understood_and_reinstated_from_either_with_the_same_ledger()
    {
        await using var visit = await browsing.VisitAsync(grid);
        using var here = Operator(grid.Address);
        using var there = Operator(other.Address);
        await SuspendAsync(here);
        await SuspendAsync(there);

        await visit.OpenAsync($"/decisions?subject=tenant/{Tenant}");
        await visit.Page.Locator("#list tbody tr", new() { HasText = Clause }).First.Locator("a").First.ClickAsync();
        foreach (var words in (string[])[Clause, "malware in a message suspends at once", "tight"])
        {
            await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync(words);
        }

        await visit.OpenAsync("/tenants/" + Tenant);
        await visit.ActAsync("to-active", Reason);
        await Assertions.Expect(visit.Page.Locator("#state")).ToContainTextAsync("active");
        Assert.Empty(visit.Faults);

        var run = new Run(other);
        var listed = JsonNode.Parse((await run.OfAsync($"decision list --subject tenant/{Tenant} --json")).Out)!["decisions"]!.AsArray();
        var shown = await run.OfAsync("decision show " + listed.First(decision => Text(decision!, "clause") == Clause)!["id"]);
        Assert.All((string[])[Clause, "malware in a message suspends at once", "tight"], words => Assert.Contains(words, shown.Out, StringComparison.Ordinal));
        Assert.Equal((0, $"tenant/{Tenant} is active\n", ""), await run.OfAsync($"tenant state {Tenant} active --reason \"{Reason}\""));

        var (console, command) = (await LedgerAsync(here), await LedgerAsync(there));
        Assert.Equal(console, command);
        Assert.Equal(["transition active suspended malware-found grid", "transition suspended active operator operator"], console.Where(entry => entry.Kind == "transition").Select(entry => $"{entry.Kind} {entry.From} {entry.To} {entry.Clause} {entry.By}"));
        Assert.Equal(Reason, console[^1].Reason);
        Assert.Equal(("active", "active"), (Text(await GetAsync(here, "/v1/tenants/" + Tenant), "state"), Text(await GetAsync(there, "/v1/tenants/" + Tenant), "state")));
    }

    /// <summary>A policy is written, a tenant put under it, and malware found in what it sends.</summary>
    private static async Task SuspendAsync(HttpClient at)
    {
        using (var policy = new StringContent(Policy, Encoding.UTF8, "application/yaml"))
        {
            await DoneAsync(at.PutAsync("/v1/policies/tight", policy));
        }

        await DoneAsync(at.PutAsJsonAsync("/v1/tenants/" + Tenant, new { name = "Cut off", policy = "tight", sendingDomains = new[] { "cut-off.example" } }));
        await DoneAsync(at.PostAsJsonAsync("/v1/findings", new { subject = "tenant/" + Tenant, signal = "content.malware", evidence = "invoice.exe, as two scanners have it" }));
        Assert.Equal("suspended", Text(await GetAsync(at, "/v1/tenants/" + Tenant), "state"));
    }

    /// <summary>What is on the ledger of the tenant, oldest first: all of it but ids and times.</summary>
    private static async Task<List<Entry>> LedgerAsync(HttpClient at) =>
        [.. from decision in (await GetAsync(at, $"/v1/decisions?subject=tenant/{Tenant}"))["decisions"]!.AsArray().Reverse()
            select new Entry(Text(decision, "kind"), Text(decision, "subject"), Text(decision, "from"), Text(decision, "to"), Text(decision, "action"), Text(decision, "clause"), decision["policy"] + " " + decision["policyVersion"], decision["reason"]?.ToString(), Text(decision, "by"), decision["figures"]!.ToJsonString())];

    private static async Task<JsonNode> GetAsync(HttpClient at, string path) => await DoneAsync(at.GetAsync(path));

    private static async Task<JsonNode> DoneAsync(Task<HttpResponseMessage> answering)
    {
        using var answer = await answering;
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private static HttpClient Operator(Uri address) => new() { BaseAddress = address, DefaultRequestHeaders = { Authorization = new("Bearer", ConsoleGrid.OperatorKey) } };

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private sealed record Entry(string Kind, string Subject, string From, string To, string Action, string Clause, string Policy, string? Reason, string By, string Figures);
}
