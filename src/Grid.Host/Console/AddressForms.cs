using System.Text.Json.Nodes;
using Grid.Host.Api;
using Grid.Host.Console.Parts;

namespace Grid.Host.Console;

/// <summary>Forms about single recipients and lists of them: who isn't mailed, and how they agreed. The ledger has the act and its reason, not the address.</summary>
internal static class AddressForms
{
    private const string Suppressions = "/v1/tenants/{tenant}/suppressions";
    private const string Consents = "/v1/tenants/{tenant}/consents";

    /// <summary>What the forms about suppressions call.</summary>
    public static string[] SuppressionCalls { get; } = [$"PUT {Suppressions}/{{address}}", $"DELETE {Suppressions}/{{address}}", $"POST {Suppressions}/import"];

    /// <summary>What the forms about consent call.</summary>
    public static string[] ConsentCalls { get; } =
        [$"PUT {Consents}/{{address}}", $"DELETE {Consents}/{{address}}", $"POST {Consents}/{{address}}/revoke", $"POST {Consents}/{{address}}/confirmation", $"POST {Consents}/import"];

    /// <summary>Suppresses an address, mails it again, or takes a list; of all tenants where the tenant is <c>*</c>.</summary>
    public static async Task<IResult> SuppressAsync(ActionForm form, string tenant)
    {
        var address = form["address"].Trim();
        var back = tenant == "*" ? "/platform" : Links.Tenant(tenant) + "/mail";
        if (form["act"] == "import")
        {
            return await ImportAsync(form, Suppressions + "/import", tenant, back);
        }

        await (form["act"] == "lift"
            ? form.DoAsync("DELETE", Suppressions + "/{address}", Values(tenant, address), $"{address} is mailed again.")
            : form.DoAsync(
                "PUT", Suppressions + "/{address}", Values(tenant, address), $"{address} is not mailed any more, queued mail included.",
                new() { ["reason"] = "manual", ["scope"] = form.Given("scope"), ["detail"] = form["reason"] is { Length: > 500 } all ? all[..500] : form["reason"] }));
        return Results.LocalRedirect(back);
    }

    /// <summary>Writes down, takes back, forgets or asks for consent, or takes a list.</summary>
    public static async Task<IResult> ConsentAsync(ActionForm form, string tenant)
    {
        var address = form["address"].Trim();
        var back = Links.With(Links.Tenant(tenant) + "/consents", ("q", address));
        if (form["act"] == "import")
        {
            return await ImportAsync(form, Consents + "/import", tenant, back);
        }

        var values = Values(tenant, address);
        await (form["act"] switch
        {
            "erase" => form.DoAsync("DELETE", Consents + "/{address}", values, $"What was on record of {address} is forgotten; that it isn't mailed is not."),
            "revoke" => form.DoAsync("POST", Consents + "/{address}/revoke", values, $"{address} takes consent back.", Body(form, "topic")),
            "ask" => form.DoAsync("POST", Consents + "/{address}/confirmation", values, $"A mail asks {address} to confirm.", Body(form, "from", "topic", "list", "source")),
            _ => form.DoAsync("PUT", Consents + "/{address}", values, $"How {address} agreed is on record.", Body(form, "method", "at", "topic", "list", "source", "evidence")),
        });
        return Results.LocalRedirect(back);
    }

    private static async Task<IResult> ImportAsync(ActionForm form, string pattern, string tenant, string back)
    {
        var lines = form["lines"].ReplaceLineEndings("\n");
        if (await form.CallAsync("POST", pattern, tenant, lines, lines.TrimStart().StartsWith('{') ? "application/x-ndjson" : "text/csv") is { } reply)
        {
            var done = reply.Read(ApiJson.Default.SuppressionImportBody);
            form.Tell(reply, $"{done?.Imported} lines are taken, {done?.Refused} are not. {string.Join("; ", (done?.Errors ?? []).Take(5).Select(error => $"{error.Field}: {error.Message}"))}");
        }

        return Results.LocalRedirect(back);
    }

    private static JsonObject Body(ActionForm form, params string[] fields) => new(fields.Where(field => form.Given(field) is not null).Select(field => KeyValuePair.Create(field, (JsonNode?)form.Given(field))));

    private static Dictionary<string, string> Values(string tenant, string address) => new() { ["tenant"] = tenant, ["address"] = address };
}
