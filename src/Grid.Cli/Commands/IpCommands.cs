using System.CommandLine;
using System.Text.Json.Nodes;
using Grid.Cli.Output;
using static Grid.Cli.Commands.CallCommand;

namespace Grid.Cli.Commands;

/// <summary>grid ip: sending IPs, for the operator.</summary>
internal static class IpCommands
{
    private static readonly Column[] Columns =
    [
        .. ((string[])["ip", "pool", "state", "since", "delivered=counters.delivered", "deferred=counters.deferred", "hard bounces=rates.hardBounce%", "complaint rate=rates.complaint%", "ehlo"]).Select(Column.Parse),
    ];

    public static Command Make(Verbs verbs)
    {
        var ip = Verbs.Word("ip", "The address");
        var limit = Verbs.Limit();
        var (pool, ehlo, rate) = (Verbs.Text("--pool", "Its pool"), Verbs.Text("--ehlo", "Name that it greets with"), Verbs.Text("--max-rate", "Such as 100/min"));
        var policy = Verbs.Text("--policy", "Its policy; default where none is named");
        var (plan, started) = (Verbs.Text("--warmup-plan", "Name of a warm-up plan"), Verbs.Text("--warmup-started", "Day of its start, such as 2026-01-31"));
        var reason = Verbs.Reason();
        var proxy = Verbs.Text("--proxy", "HOST:PORT through which its connections go (PROXY protocol); none where none is named");
        return Verbs.Group(
            "ip",
            "Sending IPs: list, show, set up, names, series, move between states",
            verbs.Make("list", "All sending IPs", [limit], (session, parsed, ct) => session.ListAsync("/v1/ips", "ips", Columns, parsed.GetValue(limit), ct)),
            verbs.Make("show", "One sending IP", [ip], (session, parsed, ct) => session.GetAsync($"/v1/ips/{Verbs.Part(parsed.GetValue(ip)!)}", static (screen, answer) => screen.Card(answer), ct)),
            verbs.Make("put", "Set up or change a sending IP", [ip, pool, policy, ehlo, rate, proxy, plan, started, reason], (session, parsed, ct) =>
            {
                var body = new JsonObject();
                Body.Set(body, "pool", parsed.GetValue(pool));
                Body.Set(body, "policy", parsed.GetValue(policy));
                Body.Set(body, "ehlo", parsed.GetValue(ehlo));
                Body.Set(body, "limits.maxRate", parsed.GetValue(rate));
                Body.Set(body, "proxy", parsed.GetValue(proxy));
                Body.Set(body, "warmup.plan", parsed.GetValue(plan));
                Body.Set(body, "warmup.startedOn", parsed.GetValue(started));
                return session.AskAsync(HttpMethod.Put, $"/v1/ips/{Verbs.Part(parsed.GetValue(ip)!)}", body, static (screen, answer) => screen.Card(answer), ct, parsed.GetValue(reason));
            }),
            Call(verbs, "names", "Its names in the DNS, and whether they and its greeting lead back to it", HttpMethod.Get, "/v1/ips/{ip}/names"),
            DomainCommands.Series(verbs, "/v1/ips/{ip}/series"),
            Standing.Make(verbs, ip, "ips"));
    }
}
