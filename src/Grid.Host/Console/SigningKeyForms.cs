using System.Text.Json.Nodes;

namespace Grid.Host.Console;

/// <summary>Forms about a domain's signing keys, for the operator and for the tenant itself.</summary>
internal static class SigningKeyForms
{
    /// <summary>Makes, checks, retires or removes a key.</summary>
    /// <param name="pattern">Of the domains: <c>/v1/tenants/{tenant}/domains</c>, or the tenant's own <c>/v1/sending-domains</c>.</param>
    /// <param name="tenant">Null on the tenant's own page.</param>
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
            "retire" => ("POST", "/{domain}/keys/{selector}/state", new JsonObject { ["state"] = "retired" }, "The key signs no more. Leave its record published for the mail under way."),
            _ => ("DELETE", "/{domain}/keys/{selector}", (JsonObject?)null, "The key is gone."),
        };
        if (tenant is null)
        {
            return await form.OwnAsync(method, pattern + path, values, body, done);
        }

        await form.DoAsync(method, pattern + path, values, done, body);
        return Results.LocalRedirect(back);
    }
}
