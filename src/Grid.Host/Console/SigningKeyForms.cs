using System.Text.Json.Nodes;

namespace Grid.Host.Console;

/// <summary>Forms about a domain's signing keys, for the operator and for the tenant itself.</summary>
internal static class SigningKeyForms
{
    /// <summary>Domains of tenants.</summary>
    public const string OfTenants = "/v1/tenants/{tenant}/domains";

    /// <summary>The platform's own domains.</summary>
    public const string Platform = "/v1/platform/domains";

    /// <summary>A tenant's own, on its own page.</summary>
    public const string Own = "/v1/sending-domains";

    /// <summary>What the forms call.</summary>
    public static string[] Calls(string pattern) =>
        [$"POST {pattern}/{{domain}}/keys", $"POST {pattern}/{{domain}}/keys/{{selector}}/check", $"POST {pattern}/{{domain}}/keys/{{selector}}/state", $"DELETE {pattern}/{{domain}}/keys/{{selector}}"];

    /// <summary>Makes, checks, puts to work, retires or removes a key.</summary>
    /// <param name="pattern">Of the domains: one of the above.</param>
    /// <param name="tenant">Whose they are; null for the platform's, and on the tenant's own page.</param>
    public static async Task<IResult> ActAsync(ActionForm form, string pattern, string? tenant, string back)
    {
        var values = new Dictionary<string, string> { ["domain"] = form["domain"], ["selector"] = form["selector"] };
        if (tenant is not null)
        {
            values["tenant"] = tenant;
        }

        var (method, path, body, done) = form["act"] switch
        {
            "make" => ("POST", "/{domain}/keys", new JsonObject(), "The key is made: publish its record, and it signs when the record is seen."),
            "check" => ("POST", "/{domain}/keys/{selector}/check", null, "The record was looked for; what was found stands beside the key."),
            "activate" => ("POST", "/{domain}/keys/{selector}/state", new JsonObject { ["state"] = "active" }, "The key signs from now on."),
            "retire" => ("POST", "/{domain}/keys/{selector}/state", new JsonObject { ["state"] = "retired" }, "The key signs no more. Leave its record published for the mail under way."),
            _ => ("DELETE", "/{domain}/keys/{selector}", (JsonObject?)null, "The key is gone."),
        };
        if (pattern == Own)
        {
            return await form.OwnAsync(method, pattern + path, values, body, done);
        }

        await form.DoAsync(method, pattern + path, values, done, body);
        return Results.LocalRedirect(back);
    }
}
