using System.Text.Json.Nodes;

namespace Grid.Host.Console;

/// <summary>Forms of a tenant's own page; each is a call of the API with the tenant's own rights.</summary>
internal static class OwnForms
{
    private static readonly Dictionary<string, string> NoNames = [];

    /// <summary>Sends a message, to try the way.</summary>
    public static Task<IResult> TestAsync(ActionForm form)
    {
        JsonObject body = new()
        {
            ["from"] = form["from"].Trim(),
            ["to"] = new JsonArray(form["to"].Trim()),
            ["subject"] = "A test of Grid",
            ["text"] = "This message was sent from your account's page, to try the way to you.\n",
            ["stream"] = "transactional",
        };
        return form.OwnAsync("POST", "/v1/messages", NoNames, body, $"The message to {form["to"].Trim()} is on its way. Its outcome comes with the events and webhooks.");
    }

    /// <summary>Appeals against a warning or a suspension.</summary>
    public static Task<IResult> AppealAsync(ActionForm form)
    {
        JsonObject body = new() { ["cause"] = form["cause"], ["fixes"] = form["fixes"], ["prevention"] = form["prevention"] };
        return form.OwnAsync("POST", "/v1/appeals", NoNames, body, "Your appeal is with the operator.");
    }

    /// <summary>Suppresses an address, or takes the own suppression back.</summary>
    public static Task<IResult> SuppressAsync(ActionForm form)
    {
        var address = form["address"].Trim();
        var values = new Dictionary<string, string> { ["address"] = address };
        return form["act"] == "remove"
            ? form.OwnAsync("DELETE", "/v1/suppressions/{address}", values, null, $"{address} is mailed again.")
            : form.OwnAsync("PUT", "/v1/suppressions/{address}", values, new() { ["reason"] = "manual" }, $"{address} is not mailed any more, queued mail included.");
    }

    /// <summary>Sets a webhook up, or changes how it is doing.</summary>
    public static Task<IResult> WebhookAsync(ActionForm form)
    {
        var name = form["name"].Trim();
        var values = new Dictionary<string, string> { ["name"] = name };
        return form["act"] switch
        {
            "pause" => form.OwnAsync("POST", "/v1/webhooks/{name}/pause", values, [], $"{name} rests: what happens meanwhile comes when it resumes."),
            "resume" => form.OwnAsync("POST", "/v1/webhooks/{name}/resume", values, [], $"{name} goes on."),
            "secret" => form.OwnAsync("POST", "/v1/webhooks/{name}/secret", values, [], $"A new secret of {name}, shown this once. The one before signs too for a while."),
            "remove" => form.OwnAsync("DELETE", "/v1/webhooks/{name}", values, null, $"{name} is gone."),
            _ => form.OwnAsync("PUT", "/v1/webhooks/{name}", values, new() { ["url"] = form["url"].Trim(), ["format"] = form.Given("format") }, $"{name} is set up. Its secret is shown this once."),
        };
    }
}
