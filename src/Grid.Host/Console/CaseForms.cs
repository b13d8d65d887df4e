using System.Text.Json.Nodes;
using Grid.Host.Api;
using Grid.Host.Console.Parts;

namespace Grid.Host.Console;

/// <summary>Forms about cases and findings. Their words are the reason: what an operator writes stands in the case's file.</summary>
internal static class CaseForms
{
    public static async Task<IResult> OpenAsync(ActionForm form)
    {
        JsonObject body = new() { ["subject"] = form["subject"].Trim(), ["words"] = form["reason"] };
        var reply = await form.CallAsync("POST", "/v1/cases", null, body.ToJsonString(), "application/json");
        if (reply is null)
        {
            return Results.LocalRedirect("/cases");
        }

        form.Tell(reply, "The case is open.");
        return Results.LocalRedirect(reply.Read(ApiJson.Default.CaseBody) is { } opened ? Links.Case(opened.Id) : "/cases");
    }

    public static Task<IResult> NoteAsync(string id, ActionForm form) =>
        form.DoAsync("POST", "/v1/cases/{id}/notes", id, new() { ["kind"] = form["kind"], ["words"] = form["reason"] }, Links.Case(id), "It is in the case's file.");

    public static Task<IResult> CloseAsync(string id, ActionForm form) =>
        form.DoAsync("POST", "/v1/cases/{id}/verdict", id, new() { ["verdict"] = form["verdict"].Trim(), ["reason"] = form["reason"] }, Links.Case(id), $"The case is closed as {form["verdict"].Trim()}.");

    /// <summary>Decides about an abuse report; the reason is what was done.</summary>
    public static Task<IResult> DecideReportAsync(string id, ActionForm form) => form.DoAsync(
        "POST", "/v1/abuse/{id}", id, new() { ["verdict"] = form["verdict"], ["action"] = form["reason"] }, "/abuse-desk/" + Uri.EscapeDataString(id), $"Report {id} is closed as {form["verdict"]}.");

    /// <summary>Notes who was told of an incident; the reason is what was said.</summary>
    public static Task<IResult> ShareAsync(string id, ActionForm form) => form.DoAsync(
        "POST", "/v1/incidents/{id}/shares", id, new() { ["with"] = form["with"].Trim(), ["words"] = form["reason"] }, "/incidents/" + Uri.EscapeDataString(id), $"It is noted that {form["with"].Trim()} was told.");

    /// <summary>Reports a finding, which the subject's policy judges.</summary>
    public static Task<IResult> ReportAsync(ActionForm form)
    {
        JsonObject body = new() { ["subject"] = form["subject"].Trim(), ["signal"] = form["signal"].Trim(), ["evidence"] = form["reason"] };
        if (form.Decimal("value") is { } value)
        {
            body["value"] = value;
        }

        return form.DoAsync("POST", "/v1/findings", null, body, "/cases", $"The finding about {form["subject"].Trim()} is reported.");
    }
}
