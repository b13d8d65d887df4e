using System.CommandLine;
using System.Text.Json.Nodes;

namespace Grid.Cli.Commands;

/// <summary>grid domain: recipient domains, for the operator.</summary>
internal static class DomainCommands
{
    public static Command Make(Verbs verbs)
    {
        var domain = Verbs.Word("domain", "The recipient domain");
        var (connections, messages, rate) = (
            Verbs.Count("--max-connections", "Connections at once"), Verbs.Count("--max-messages", "Messages a connection"), Verbs.Text("--max-rate", "Such as 100/min, or 100/min;burst=20"));
        return Verbs.Group(
            "domain",
            "Recipient domains: show, limit, move between states",
            verbs.Make("show", "One domain with its limits", [domain], (session, parsed, ct) => session.GetAsync(Path(parsed.GetValue(domain)!), static (screen, answer) => screen.Card(answer), ct)),
            verbs.Make("limits", "Set its limits; what is left out has none", [domain, connections, messages, rate], (session, parsed, ct) =>
            {
                var body = new JsonObject();
                Body.Set(body, "maxConnections", parsed.GetValue(connections));
                Body.Set(body, "maxMessagesPerConnection", parsed.GetValue(messages));
                Body.Set(body, "maxRate", parsed.GetValue(rate));
                return session.AskAsync(HttpMethod.Put, Path(parsed.GetValue(domain)!) + "/limits", body, static (screen, answer) => screen.Card(answer), ct);
            }),
            Standing.Make(verbs, domain, "domains"));
    }

    private static string Path(string domain) => "/v1/domains/" + Verbs.Part(domain);
}
