using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Grid.Console.Tests.Beds;

/// <summary>Someone at the console. Gathers every error, every refusal by the content security policy and every request that went elsewhere.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _faults = [];

    public Visit(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" && !message.Text.Contains("status of 4", StringComparison.Ordinal))
            {
                _faults.Add($"{page.Url}: {message.Text}");
            }
        };
        page.PageError += (_, fault) => _faults.Add($"{page.Url}: {fault}");
        page.Dialog += async (_, dialog) =>
        {
            Asked.Add(dialog.Message);
            await dialog.AcceptAsync();
        };
        page.Request += (_, request) =>
        {
            if (page.Url.StartsWith("http", StringComparison.Ordinal) && new Uri(request.Url).Authority != new Uri(page.Url).Authority)
            {
                _faults.Add($"{page.Url} asked for {request.Url}");
            }
        };
    }

    public IPage Page { get; }

    /// <summary>Dialogs that came up.</summary>
    public List<string> Asked { get; } = [];

    public IReadOnlyList<string> Faults => _faults;

    public async Task SignInAsync(string key)
    {
        await Page.GotoAsync("/sign-in");
        await Page.FillAsync("#key", key);
        await Page.ClickAsync("button[type=submit]");
        await Page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    public async Task<IResponse> OpenAsync(string path) => (await Page.GotoAsync(path))!;

    /// <summary>Opens a form by its id, fills fields, gives a reason, sends it.</summary>
    public async Task ActAsync(string id, string? reason = "because the test says so", params (string Name, string Value)[] fields)
    {
        var form = Page.Locator($"[id=\"{id}\"]");
        await form.Locator("summary").ClickAsync();
        foreach (var (name, value) in fields)
        {
            var field = form.Locator($"[name={name}]");
            if (await field.EvaluateAsync<string>("f => f.tagName") == "SELECT")
            {
                await field.SelectOptionAsync(value);
            }
            else
            {
                await field.FillAsync(value);
            }
        }

        if (reason is not null)
        {
            await form.Locator("[name=reason]").FillAsync(reason);
        }

        await form.Locator("button[type=submit]").ClickAsync();
    }

    /// <summary>The notice on the page.</summary>
    public Task<string> NoticeAsync() => Page.Locator("main > .notice").First.InnerTextAsync();

    /// <summary>What axe-core finds serious or critical on the page.</summary>
    public async Task<IReadOnlyList<string>> SeriousAsync()
    {
        Assert.SkipWhen(Browsing.Axe is null, "npm install axe-core into a folder, and name that folder in GRID_AXE");
        // Over the debugger, which the page's content security policy doesn't concern.
        await using var debugger = new DebuggerSession(await _context.NewCDPSessionAsync(Page));
        var json = await debugger.EvaluateAsync(Browsing.Axe + ";axe.run().then(found => JSON.stringify(found.violations.map(v => ({ id: v.id, impact: v.impact, nodes: v.nodes.map(n => n.html.slice(0, 200)) }))))");
        return [.. JsonNode.Parse(json)!.AsArray().Where(found => found!["impact"]!.GetValue<string>() is "serious" or "critical").Select(found => $"{Page.Url}: {found!.ToJsonString()}")];
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private sealed class DebuggerSession(ICDPSession session) : IAsyncDisposable
    {
        public async Task<string> EvaluateAsync(string script)
        {
            var answer = await session.SendAsync("Runtime.evaluate", new() { ["expression"] = script, ["awaitPromise"] = true });
            return answer!.Value.GetProperty("result").GetProperty("value").GetString()!;
        }

        public async ValueTask DisposeAsync() => await session.DetachAsync();
    }
}
