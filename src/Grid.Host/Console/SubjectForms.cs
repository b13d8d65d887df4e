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
    public static Task<IResult> LimitDomainAsync(ActionForm form, string domain)
    {
        JsonObject body = new() { ["maxConnections"] = form.Number("maxConnections"), ["maxMessagesPerConnection"] = form.Number("maxMessagesPerConnection"), ["maxRate"] = form.Given("maxRate") };
        return form.DoAsync("PUT", "/v1/domains/{domain}/limits", domain, body, Links.Domain(domain), $"The limits of {domain} are in force.");
    }
}
