using System.Text.Json.Nodes;
using Grid.Core.Ingress;
using Grid.Host.Console.Parts;

namespace Grid.Host.Console;

/// <summary>Forms about sending IPs and recipient domains.</summary>
internal static class SubjectForms
{
    /// <summary>Adds or changes a sending IP.</summary>
    public static Task<IResult> PutIpAsync(ActionForm form, string ip)
    {
        JsonObject body = new() { ["pool"] = form.Given("pool"), ["ehlo"] = form.Given("ehlo"), ["limits"] = new JsonObject { ["maxRate"] = form.Given("maxRate") } };
        return form.DoAsync("PUT", "/v1/ips/{ip}", ip, body, SubjectKeys.TryIp(ip, out var address) ? Links.Ip(address) : "/ips", $"The sending IP {ip} is saved.");
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

    private static JsonObject Limits(ActionForm form) =>
        new() { ["maxConnections"] = form.Number("maxConnections"), ["maxMessagesPerConnection"] = form.Number("maxMessagesPerConnection"), ["maxRate"] = form.Given("maxRate") };
}
