using Microsoft.Playwright;

namespace Grid.Console.Tests.Beds;

/// <summary>Finds the forms of pages, fills them in as an operator would and sends them.</summary>
internal sealed class Forms(Visit visit, IEnumerable<string> patterns)
{
    private const string OnPage = "main form[method=post]";

    /// <summary>What says that something was done: a notice, or what a preview found.</summary>
    private const string Done = "main .notice.done[role=status], #h-preview";

    /// <summary>For each form its path, its id, and what may be chosen in it: of its buttons, else of its options, else what is hidden in it.</summary>
    private const string List = """
        forms => forms.map(f => {
          const values = (selector) => [...f.querySelectorAll(selector)].map(x => x.value);
          const choices = [values('button[name=act]'), values('select[name=act] option'), values('input[type=hidden][name=act]'), ['']].find(some => some.length > 0);
          const path = decodeURIComponent(new URL(f.querySelector('button[formaction]')?.formAction || f.getAttribute('action'), document.baseURI).pathname);
          return [path, f.closest('details')?.id ?? '', ...choices];
        })
        """;

    /// <summary>What is written into a field that must hold something and is empty.</summary>
    private static readonly Dictionary<string, string> Answers = new()
    {
        ["address"] = "someone@acting-r.example",
        ["lines"] = "address,reason\nother@acting-r.example,manual\n",
        ["ip"] = "127.0.0.71",
        ["pool"] = "spare",
        ["name"] = "written",
        ["id"] = "written",
        ["clause"] = "bounce-cutoff",
        ["method"] = "double-opt-in",
        ["at"] = "2026-01-02T03:04:05Z",
        ["from"] = "news@acting.example",
        ["person"] = "Jo Doe",
        ["regimes"] = "can-spam",
        ["subject"] = "tenant/acting",
        ["signal"] = "list.shared",
        ["with"] = "a receiver",
        ["plan"] = "brief",
        ["days"] = "50 25\n100 50",
        ["code"] = "550",
        ["text"] = "policy: written\nextends: default\n",
        ["message"] = "From: fbl@acting-r.example\nSubject: complaint\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\nContent-Type: text/plain\n\nA report.\n"
            + "--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: test/1\nVersion: 1\n\n--b\nContent-Type: message/rfc822\n\nSubject: Hello\n\nHello\n--b--\n",
        ["domain"] = "acting.example",
        ["version"] = "1",
    };

    /// <summary>What a field of one form wants instead, by action, form and field.</summary>
    private static readonly Dictionary<string, string> Particular = new()
    {
        ["/tenants/{id}/consents import lines"] = "address,method,at\nother@acting-r.example,double-opt-in,2026-01-02T03:04:05Z\n",
        ["/tenants/{id}/scopes scope name"] = "autumn",
        ["/tenants/{id}/overrides override threshold"] = "0.2",
        ["/abuse-desk/{id} verdict verdict"] = "no-action",
        ["/cases/{id}/verdict verdict verdict"] = "unfounded",
        ["/tenants/{id}/vetting details paymentReference"] = "in-1",
        ["/tenants/{id}/consents ask address"] = "asked@acting-r.example",
    };

    /// <summary>Opens the page; its first form that is wanted, or null.</summary>
    public async Task<OfferedForm?> NextAsync(string path, Func<OfferedForm, bool> wanted)
    {
        await visit.OpenAsync(path);
        var found = await visit.Page.Locator(OnPage).EvaluateAllAsync<string[][]>(List);
        return found.SelectMany((form, index) => form[2..].Select(act => new OfferedForm(index, Pattern(form[0]), Short(form[1]), act))).FirstOrDefault(wanted);
    }

    /// <summary>Fills in and sends a form of the page that is open. Null where it was done, else what the page says instead.</summary>
    public async Task<string?> SendAsync(OfferedForm offered, string reason)
    {
        var form = visit.Page.Locator(OnPage).Nth(offered.Index);
        await form.EvaluateAsync("f => { for (let d = f.closest('details'); d; d = d.parentElement.closest('details')) d.open = true; }");
        foreach (var field in await form.Locator("input:not([type=hidden]):not([type=checkbox]), textarea").AllAsync())
        {
            var name = await field.GetAttributeAsync("name") ?? "";
            var isEmpty = await field.GetAttributeAsync("required") is not null && await field.InputValueAsync() is "";
            var answer = name == "reason" ? reason : Particular.GetValueOrDefault($"{offered.Pattern} {offered.Id} {name}") ?? (isEmpty ? Answers.GetValueOrDefault(name) : null);
            if (answer is not null)
            {
                await field.FillAsync(answer);
            }
            else if (name == "text" && !isEmpty)
            {
                await field.FillAsync(await field.InputValueAsync() + "\n# written again\n");
            }
        }

        if (offered.Act.Length > 0 && await form.Locator("select[name=act]").CountAsync() > 0)
        {
            await form.Locator("select[name=act]").SelectOptionAsync(offered.Act);
        }

        var button = form.Locator($"button[name=act][value=\"{offered.Act}\"]");
        await (await button.CountAsync() > 0 ? button : form.Locator("button[type=submit]")).First.ClickAsync();
        await visit.Page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
        return await visit.Page.Locator(Done).CountAsync() > 0 ? null : (await visit.Page.InnerTextAsync("main"))[..200];
    }

    private string Pattern(string path) => patterns.OrderBy(pattern => pattern.Count(c => c == '{')).First(pattern => ConsoleMap.Fits(pattern, path));

    private static string Short(string id) => id.StartsWith("to-", StringComparison.Ordinal) || id.EndsWith("-all-all", StringComparison.Ordinal) ? id : id.Split('-')[0];
}
