using System.Globalization;
using System.Text.Json.Nodes;
using Grid.Host.Api;
using Grid.Host.Console.Access;
using Grid.Host.Console.Pages;
using Grid.Host.Console.Parts;

namespace Grid.Host.Console;

/// <summary>Forms about policies and the ledger. A draft that is refused stands on the page again, beside its mistakes.</summary>
internal static class PolicyForms
{
    private const string Push = "push";
    private const string Preview = "preview";

    /// <summary>Checks, previews or pushes a draft.</summary>
    public static async Task<IResult> DraftAsync(string id, ActionForm form, HttpContext http)
    {
        var (act, text) = (form["act"], form["text"].ReplaceLineEndings("\n"));
        var media = text.TrimStart().StartsWith('{') ? "application/json" : "application/yaml";
        var reply = act switch
        {
            Push => await form.CallAsync("PUT", "/v1/policies/{name}", id, text, media, Query(form)),
            Preview => await form.AskAsync("POST", "/v1/policies/{name}/preview", id, body: text, contentType: media),
            // The shortest preview: what it reads is judged before anything else is.
            _ => await form.AskAsync("POST", "/v1/policies/{name}/preview", id, "from=" + Instant(http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().AddSeconds(-1)), text, media),
        };
        if (act == Push && reply?.Ok != false)
        {
            if (reply is not null)
            {
                form.Tell(reply, $"Version {reply.Read(ApiJson.Default.PushedBody)?.Version} of {id} is in force wherever it reaches.");
                return Results.LocalRedirect(Links.Policy(id));
            }
        }

        http.RequestServices.GetRequiredService<PageContext>().Status = reply?.Status ?? StatusCodes.Status422UnprocessableEntity;
        return PageResult.Of<PolicyPage>(new()
        {
            [nameof(PolicyPage.Id)] = id,
            [nameof(PolicyPage.Draft)] = new PostedText(http.Request.Form),
            [nameof(PolicyPage.Outcome)] = reply is null ? null : new DraftOutcome(act is Push or Preview ? act : "check", reply.Problem),
            [nameof(PolicyPage.Preview)] = act == Preview ? reply?.Read(ApiJson.Default.PreviewBody) : null,
        });
    }

    public static Task<IResult> RollBackAsync(string id, ActionForm form)
    {
        JsonObject body = new() { ["version"] = form.Number("version"), ["reason"] = form["reason"] };
        return form.DoAsync("POST", "/v1/policies/{name}/rollback", id, body, Links.Policy(id), $"Version {form["version"]} of {id} is in force again.");
    }

    public static async Task<IResult> EndTrialAsync(string id, ActionForm form)
    {
        if (await form.CallAsync("DELETE", "/v1/policies/{name}/trial", id, null, "application/json", "reason=" + Uri.EscapeDataString(form["reason"])) is { } reply)
        {
            form.Tell(reply, $"The trial of {id} has ended.");
        }

        return Results.LocalRedirect(Links.Policy(id));
    }

    /// <summary>Goes through the whole ledger.</summary>
    public static async Task<IResult> VerifyAsync(ActionForm form, HttpContext http)
    {
        var reply = await form.AskAsync("GET", "/v1/ledger/verify");
        if (reply.Problem is { } problem)
        {
            http.RequestServices.GetRequiredService<PageContext>().Session!.Tell(new ConsoleNotice(true, problem.Detail));
        }

        return PageResult.Of<Decisions>(new() { [nameof(Decisions.Verified)] = reply.Read(ApiJson.Default.LedgerVerificationBody) });
    }

    private static string Query(ActionForm form) => Links.With("", ("reach", form["reach"]), ("share", form["reach"] == "share" ? form["share"].Trim() : null), ("reason", form["reason"])).TrimStart('?');

    private static string Instant(DateTimeOffset at) => Uri.EscapeDataString(at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
}
