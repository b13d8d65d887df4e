using System.Text.Json.Nodes;
using Grid.Host.Api;
using Grid.Host.Console.Parts;

namespace Grid.Host.Console;

/// <summary>Forms about a tenant.</summary>
internal static class TenantForms
{
    /// <summary>Creates or changes a tenant.</summary>
    public static Task<IResult> PutAsync(ActionForm form, string id)
    {
        JsonObject body = new()
        {
            ["name"] = form.Given("name"),
            ["policy"] = form.Given("policy"),
            ["pool"] = form.Given("pool"),
            ["sendingDomains"] = form.List("sendingDomains"),
            ["sandbox"] = form.Given("sandbox") is not null,
            ["parent"] = form.Given("parent"),
            ["limits"] = new JsonObject { ["maxRate"] = form.Given("maxRate"), ["messagesPerHour"] = form.Number("messagesPerHour"), ["messagesPerDay"] = form.Number("messagesPerDay") },
        };
        string[] profile = ["company", "postalAddress", "website", "contactEmail", "country"];
        if (profile.Any(field => form.Given(field) is not null))
        {
            body["profile"] = new JsonObject(profile.Select(field => KeyValuePair.Create(field, (JsonNode?)form.Given(field))));
        }

        return form.DoAsync("PUT", "/v1/tenants/{tenant}", id, body, SubjectNames.IsTenant(id) ? Links.Tenant(id) : "/tenants", $"The tenant {id} is saved.");
    }

    /// <summary>Suspends one stream or campaign, or lets it go on.</summary>
    public static async Task<IResult> ScopeAsync(ActionForm form, string tenant)
    {
        var (kind, name) = (form["kind"], form["kind"] == "campaign" ? form["name"].Trim() : form["stream"]);
        var values = new Dictionary<string, string> { ["tenant"] = tenant, ["kind"] = kind, ["name"] = name };
        await form.DoAsync("POST", "/v1/tenants/{tenant}/scopes/{kind}/{name}/state", values, $"{kind}/{name} is {form["state"]} now.", new() { ["state"] = form["state"], ["reason"] = form["reason"] });
        return Results.LocalRedirect(Links.Tenant(tenant) + "/scopes");
    }

    /// <summary>Sets or ends an exception from a clause.</summary>
    public static async Task<IResult> OverrideAsync(ActionForm form, string tenant)
    {
        var clause = form["clause"].Trim();
        var values = new Dictionary<string, string> { ["tenant"] = tenant, ["clause"] = clause };
        if (form["act"] == "end")
        {
            await form.DoAsync("DELETE", "/v1/tenants/{tenant}/overrides/{clause}", values, $"Clause {clause} holds again as the policy has it.", query: "reason=" + Uri.EscapeDataString(form["reason"]));
        }
        else
        {
            JsonObject body = new() { ["reason"] = form["reason"], ["waived"] = form["act"] == "waive" ? true : null, ["threshold"] = form["act"] == "waive" ? null : form.Decimal("threshold") };
            await form.DoAsync("PUT", "/v1/tenants/{tenant}/overrides/{clause}", values, $"The exception from clause {clause} holds.", body);
        }

        return Results.LocalRedirect(Links.Tenant(tenant) + "/scopes");
    }

    /// <summary>Revokes a key.</summary>
    public static async Task<IResult> RevokeAsync(ActionForm form, string tenant)
    {
        await form.DoAsync("DELETE", "/v1/tenants/{tenant}/keys/{id}", new Dictionary<string, string> { ["tenant"] = tenant, ["id"] = form["key"] }, "The key is revoked: nobody gets in with it any more.");
        return Results.LocalRedirect(Links.Tenant(tenant));
    }
}
