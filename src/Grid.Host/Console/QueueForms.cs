using System.Text.Json.Nodes;
using Grid.Host.Api;
using Grid.Host.Console.Access;

namespace Grid.Host.Console;

/// <summary>Forms about the queue.</summary>
internal static class QueueForms
{
    /// <summary>Lets a held message go, or cancels it.</summary>
    public static Task<IResult> DecideHeldAsync(ActionForm form, string id) => form["act"] == "cancel"
        ? form.DoAsync("POST", "/v1/held/{id}/cancel", id, new() { ["reason"] = form["reason"] }, "/held", $"Message {id} is cancelled and is never sent.")
        : form.DoAsync("POST", "/v1/held/{id}/release", id, new() { ["reason"] = form["reason"] }, "/held", $"Message {id} is let go.");

    public static async Task<IResult> ActAsync(ActionForm form, string act)
    {
        var (tenant, domain) = (form.Given("tenant"), form.Given("domain"));
        JsonObject body = [];
        if (tenant is not null)
        {
            body["tenant"] = tenant;
        }

        if (domain is not null)
        {
            body["domain"] = domain;
        }

        if (await form.CallAsync("POST", "/v1/queue/" + act, null, body.ToJsonString(), "application/json") is { } reply)
        {
            var touched = reply.Read(ApiJson.Default.QueueActBody)?.Recipients;
            var scope = (tenant, domain) switch { ({ } t, { } d) => $"{t} for {d}", ({ } t, null) => t, (null, { } d) => d, _ => "the whole queue" };
            form.Tell(reply, act switch
            {
                "pause" => $"Paused: {scope}.",
                "resume" => $"Resumed: {scope}.",
                "flush" => $"Due now: {touched} recipients of {scope}.",
                _ => $"Cancelled: {touched} recipients of {scope}.",
            });
        }

        return Results.LocalRedirect(SignInPages.Local(form["back"]));
    }
}
