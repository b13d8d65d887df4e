using System.Globalization;
using System.Text.Json.Nodes;
using Grid.Core.Ingress;
using Grid.Host.Api;
using Grid.Host.Console.Calls;
using Grid.Host.Console.Pages;
using Grid.Host.Console.Parts;

namespace Grid.Host.Console;

/// <summary>Forms about sending IPs, recipient domains and how fast mail goes there.</summary>
internal static class SubjectForms
{
    /// <summary>Adds or changes a sending IP.</summary>
    public static Task<IResult> PutIpAsync(ActionForm form, string ip)
    {
        JsonObject body = new() { ["pool"] = form.Given("pool"), ["policy"] = form.Given("policy"), ["ehlo"] = form.Given("ehlo"), ["proxy"] = form.Given("proxy"), ["limits"] = new JsonObject { ["maxRate"] = form.Given("maxRate") } };
        if (form.Given("plan") is { } plan)
        {
            body["warmup"] = new JsonObject { ["plan"] = plan, ["startedOn"] = form.Given("startedOn") };
        }

        return form.DoAsync("PUT", "/v1/ips/{ip}", ip, body, SubjectKeys.TryIp(ip, out var address) ? Links.Ip(address) : "/ips", $"The sending IP {ip} is saved.");
    }

    /// <summary>Moves a sending IP to another pool; all else of it stays.</summary>
    public static async Task<IResult> MoveIpAsync(ActionForm form, ConsoleApi api)
    {
        var (ip, pool) = (form["ip"].Trim(), form["pool"].Trim());
        var there = await api.GetAsync("/v1/ips/{ip}", ApiJson.Default.IpBody, ip);
        JsonObject body = new() { ["pool"] = pool, ["ehlo"] = there?.Ehlo, ["policy"] = there?.Policy.Name, ["proxy"] = there?.Proxy, ["limits"] = new JsonObject { ["maxRate"] = there?.Limits?.MaxRate } };
        if (there?.Warmup is { } warmup)
        {
            body["warmup"] = new JsonObject { ["plan"] = warmup.Plan, ["startedOn"] = warmup.StartedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) };
        }

        if (there is null)
        {
            // Refused rather than made: nobody moves what there isn't.
            form.Tell(await api.CallAsync("GET", "/v1/ips/{ip}", ip), "");
            return Results.LocalRedirect("/pools");
        }

        return await form.DoAsync("PUT", "/v1/ips/{ip}", ip, body, "/pools", $"{ip} sends in pool {pool} now.");
    }

    /// <summary>Sets a domain's limits.</summary>
    public static Task<IResult> LimitDomainAsync(ActionForm form, string domain) =>
        form.DoAsync("PUT", "/v1/domains/{domain}/limits", domain, Limits(form), Links.Domain(domain), $"The limits of {domain} are in force.");

    /// <summary>Sets a site's limits.</summary>
    public static Task<IResult> LimitSiteAsync(ActionForm form, string site) =>
        form.DoAsync("PUT", "/v1/sites/{site}/limits", site, Limits(form), Links.Site(site), $"The limits of {site} are in force.");

    /// <summary>Ends what rules have done at a site.</summary>
    public static Task<IResult> ResumeSiteAsync(ActionForm form, string site) =>
        form.DoAsync("POST", "/v1/sites/{site}/resume", site, new() { ["ip"] = form.Given("ip") }, Links.Site(site), $"Mail goes to {site} again.");

    /// <summary>Puts a warm-up plan; a day is a line with the allowance of the IP and, after it, that of each site.</summary>
    public static Task<IResult> PutPlanAsync(ActionForm form)
    {
        var days = form["days"].Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            var numbers = line.Split([' ', ',', ';', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToList();
            return (JsonNode)new JsonObject { ["perIp"] = numbers.FirstOrDefault(), ["perSite"] = numbers.Count > 1 ? numbers[1] : null };
        });
        return form.DoAsync("PUT", "/v1/warmup-plans/{plan}", form["plan"].Trim(), new() { ["days"] = new JsonArray([.. days]) }, "/warm-up", $"The plan {form["plan"].Trim()} is in force for every IP on it.");
    }

    /// <summary>Pushes shaping profiles; a text that is refused stands on the page again.</summary>
    public static async Task<IResult> PushShapingAsync(ActionForm form, HttpContext http)
    {
        var text = form["text"].ReplaceLineEndings("\n");
        if (await form.CallAsync("PUT", "/v1/shaping", null, text, "application/yaml") is { } reply)
        {
            form.Tell(reply, "The profiles are in force.");
            if (reply.Ok)
            {
                return Results.LocalRedirect("/shaping");
            }
        }

        http.RequestServices.GetRequiredService<PageContext>().Status = StatusCodes.Status422UnprocessableEntity;
        return PageResult.Of<ShapingPage>(new() { [nameof(ShapingPage.Draft)] = text });
    }

    private static JsonObject Limits(ActionForm form) =>
        new() { ["maxConnections"] = form.Number("maxConnections"), ["maxMessagesPerConnection"] = form.Number("maxMessagesPerConnection"), ["maxRate"] = form.Given("maxRate") };
}
