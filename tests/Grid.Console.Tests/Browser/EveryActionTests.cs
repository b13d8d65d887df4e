using System.Text.Json.Nodes;
using Grid.Console.Tests.Beds;
using Microsoft.Playwright;

namespace Grid.Console.Tests.Browser;

/// <summary>
/// Every form of every page, filled in and sent in a browser: each action that is mapped is on some page, asks for a reason where it changes something,
/// and what was done stands on the ledger with that reason.
/// </summary>
[Collection(nameof(ConsoleCollection))]
public sealed class EveryActionTests(ConsoleGrid grid, Browsing browsing)
{
    private const string Tenant = "acting";

    private static readonly string[] Paths =
    [
        "/tenants", "/tenants/{tenant}/mail", "/tenants/{tenant}/scopes", "/tenants/{tenant}/consents", "/tenants/{tenant}/vetting", "/ips", "/ips/127.0.0.70", "/pools", "/domains/{tenant}-r.example", "/sites/{site}",
        "/queue?tenant={tenant}", "/queue?tenant={tenant}", "/held/{held}", "/policies", "/policies/careful", "/policies/trial-of-all", "/decisions", "/cases", "/cases/{case}", "/incidents/{incident}", "/abuse-desk/{report}", "/shaping",
        "/warm-up", "/platform", "/feedback", "/tenants/{tenant}", "/",
    ];

    /// <summary>What is written into a field where what stands there, or its first choice, would be refused.</summary>
    private static readonly Dictionary<string, string> Answers = new()
    {
        ["address"] = "someone@acting-r.example",
        ["lines"] = "address\nother@acting-r.example\n",
        ["ip"] = "127.0.0.71",
        ["pool"] = "spare",
        ["name"] = "written",
        ["id"] = "written",
        ["clause"] = "bounce-cutoff",
        ["threshold"] = "0.2",
        ["method"] = "double-opt-in",
        ["at"] = "2026-01-02T03:04:05Z",
        ["from"] = "news@acting.example",
        ["person"] = "Jo Doe",
        ["regimes"] = "can-spam",
        ["subject"] = "tenant/acting",
        ["signal"] = "list.shared",
        ["with"] = "a receiver",
        ["plan"] = "standard",
        ["days"] = "50 25\n100 50",
        ["code"] = "550",
        ["text"] = "policy: written\nextends: default\n",
        ["message"] = "From: a@client.example\nSubject: none\n\nNothing\n",
        ["domain"] = "acting.example",
        ["version"] = "1",
    };

    /// <summary>Acts that change nothing that is judged: they ask for no reason, or leave none on the ledger.</summary>
    private static readonly string[] Readers = ["/sign-out", "/feedback/classify", "/decisions/verify"];

    [Fact]
    public async Task Every_form_does_what_it_says_with_its_reason_on_the_ledger()
    {
        var scenery = await Scenery.SetAsync(grid, Tenant);
        await grid.CallAsync(HttpMethod.Put, "/v1/policies/trial-of-all", new { policy = "trial-of-all", extends = "default" });
        await grid.CallAsync(HttpMethod.Put, "/v1/policies/trial-of-all?reach=shadow", new { policy = "trial-of-all", extends = "default", words = "another" });
        await using var visit = await browsing.VisitAsync(grid);
        var (driven, untold, number) = (new HashSet<string>(), new List<string>(), 0);
        foreach (var path in Paths.Select(scenery.At))
        {
            await visit.OpenAsync(path);
            foreach (var index in Enumerable.Range(0, await visit.Page.Locator("main form[method=post]").CountAsync()).ToList())
            {
                await visit.OpenAsync(path);
                var form = visit.Page.Locator("main form[method=post]").Nth(index);
                if (await form.CountAsync() == 0)
                {
                    continue;
                }

                var (id, reason) = (await form.EvaluateAsync<string>("f => f.closest('details')?.id ?? ''"), $"reason number {++number}");
                if (id is "to-terminated" or "lift" or "erase" || (id.StartsWith("cancel-", StringComparison.Ordinal) && !id.Contains(Tenant, StringComparison.Ordinal)))
                {
                    driven.Add(await ActionOfAsync(form));
                    continue;
                }

                var action = await ActionOfAsync(form);
                var done = await SendAsync(visit, form, id, reason);
                driven.Add(action);
                if (done && !Readers.Contains(action) && !await IsOnLedgerAsync(reason))
                {
                    untold.Add($"{action} ({id}) on {path}");
                }
            }
        }

        var all = ConsoleMap.Actions(grid).Select(action => action.Path).Where(path => !path.StartsWith("/own", StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(all, pattern => pattern != "/sign-out" && !driven.Any(path => ConsoleMap.Fits(pattern, path)));
        Assert.Empty(untold);
        Assert.Empty(visit.Faults);
    }

    /// <summary>Fills every field in that needs it, gives the reason and sends. True where the answer is that it was done; a refusal has to be one of the API's.</summary>
    private static async Task<bool> SendAsync(Visit visit, ILocator form, string id, string reason)
    {
        await form.EvaluateAsync("f => { for (let d = f.closest('details'); d; d = d.parentElement.closest('details')) d.open = true; }");
        foreach (var field in await form.Locator("input:not([type=hidden]):not([type=checkbox]), textarea").AllAsync())
        {
            var (name, value) = (await field.GetAttributeAsync("name") ?? "", await field.InputValueAsync());
            if (name == "reason")
            {
                await field.FillAsync(reason);
            }
            else if (value.Length == 0 && Answers.GetValueOrDefault(name) is { Length: > 0 } answer && await field.GetAttributeAsync("required") is not null)
            {
                await field.FillAsync(id == "verdict" ? "no-action" : answer);
            }
        }

        if (id == "scope")
        {
            await form.Locator("[name=name]").FillAsync("autumn");
        }

        if (id == "verdict" && await form.Locator("input[name=verdict]").CountAsync() > 0)
        {
            await form.Locator("input[name=verdict]").FillAsync("no-action");
        }

        if (id == "override")
        {
            await form.Locator("[name=threshold]").FillAsync("0.2");
        }

        var submit = form.Locator("button[value=push], button[value=count]");
        await (await submit.CountAsync() > 0 ? submit.First : form.Locator("button[type=submit]").First).ClickAsync();
        await visit.Page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
        var text = await visit.Page.InnerTextAsync("main");
        Assert.False(text.Contains("went wrong", StringComparison.Ordinal), $"{id} on {visit.Page.Url}: {text}");
        var notice = visit.Page.Locator("main .notice").First;
        Assert.True(await notice.CountAsync() > 0, $"{id} on {visit.Page.Url} says nothing: {text[..Math.Min(300, text.Length)]}");
        return await visit.Page.Locator("main > .notice.done[role=status]").CountAsync() > 0;
    }

    private static Task<string> ActionOfAsync(ILocator form) => form.EvaluateAsync<string>("f => decodeURIComponent(new URL(f.querySelector('button[formaction]')?.formAction || f.action).pathname)");

    private async Task<bool> IsOnLedgerAsync(string reason) =>
        (await grid.CallAsync(HttpMethod.Get, "/v1/decisions?limit=50")).Json["decisions"]!.AsArray().Any(decision => Says(decision!, reason));

    private static bool Says(JsonNode decision, string reason) =>
        decision["reason"]?.GetValue<string>().Contains(reason, StringComparison.Ordinal) == true || decision["evidence"]?.ToJsonString().Contains(reason, StringComparison.Ordinal) == true;
}
