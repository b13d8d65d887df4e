using System.Text.Json.Nodes;
using Grid.Host.Console.Parts;

namespace Grid.Host.Console;

/// <summary>Forms about who a tenant is: its part, brought by the operator for it, and the operator's own.</summary>
internal static class VettingForms
{
    private const string Pattern = "/v1/tenants/{tenant}/vetting";

    /// <summary>Legal type, names and payment; what is blank stays as it is.</summary>
    public static Task<IResult> PutAsync(ActionForm form, string tenant)
    {
        JsonObject body = new() { ["legalType"] = form.Given("legalType"), ["paymentReference"] = form.Given("paymentReference") };
        if (form.Given("senderNames") is { } names)
        {
            body["senderNames"] = new JsonArray([.. names.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(name => (JsonNode)JsonValue.Create(name))]);
        }

        return form.DoAsync("PUT", Pattern, tenant, body, Back(tenant), "It is in the file.");
    }

    /// <summary>An acceptance, an attestation, an address to confirm, a domain to look up.</summary>
    public static async Task<IResult> WordAsync(ActionForm form, string tenant)
    {
        var person = form["person"].Trim();
        switch (form["act"])
        {
            case "accept":
                return await form.DoAsync("POST", Pattern + "/acceptance", tenant, new() { ["person"] = person, ["ip"] = form.Given("ip") }, Back(tenant), $"{person} has accepted the policy.");
            case "attest":
                return await form.DoAsync("POST", Pattern + "/attestations", tenant, new() { ["person"] = person, ["regimes"] = form.List("regimes"), ["ip"] = form.Given("ip") }, Back(tenant), $"{person} has attested.");
            case "address":
                return await form.DoAsync("POST", Pattern + "/addresses", tenant, new() { ["address"] = form["address"].Trim() }, Back(tenant), "A mail asks for confirmation.");
            default:
                await form.DoAsync("POST", Pattern + "/domains/{domain}/check", new Dictionary<string, string> { ["tenant"] = tenant, ["domain"] = form["domain"] }, "The record was looked for; what was found stands beside the domain.");
                return Results.LocalRedirect(Back(tenant));
        }
    }

    /// <summary>One chapter of the checklist; the reason is its evidence.</summary>
    public static async Task<IResult> CheckAsync(ActionForm form, string tenant)
    {
        var values = new Dictionary<string, string> { ["tenant"] = tenant, ["item"] = form["item"] };
        await form.DoAsync("PUT", Pattern + "/checklist/{item}", values, $"{form["item"]}: {form["verdict"]}.", new() { ["evidence"] = form["reason"], ["verdict"] = form["verdict"] });
        return Results.LocalRedirect(Back(tenant));
    }

    /// <summary>Ends it.</summary>
    public static Task<IResult> DecideAsync(ActionForm form, string tenant) =>
        form.DoAsync("POST", Pattern + "/decision", tenant, new() { ["verdict"] = form["verdict"], ["reason"] = form["reason"] }, Back(tenant), $"{tenant} is {form["verdict"]}.");

    private static string Back(string tenant) => Links.Tenant(tenant) + "/vetting";
}
