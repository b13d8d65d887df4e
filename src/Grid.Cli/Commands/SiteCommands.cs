using System.CommandLine;
using System.Text.Json.Nodes;
using Grid.Cli.Output;

namespace Grid.Cli.Commands;

/// <summary>grid site: receivers that several domains stand behind, for the operator.</summary>
internal static class SiteCommands
{
    private static readonly Column[] Columns = [.. ((string[])["site", "profile", "queued"]).Select(Column.Parse)];

    public static Command Make(Verbs verbs)
    {
        var (site, ip) = (Verbs.Word("site", "The site"), Verbs.Text("--ip", "Only for this sending IP"));
        return Verbs.Group(
            "site",
            "Receiving sites: list, show, end what rules have done",
            verbs.Make("list", "Sites that mail is queued for", [], (session, parsed, ct) =>
                session.GetAsync("/v1/sites", static (screen, answer) => screen.Table(answer, answer["sites"]!.AsArray(), Columns), ct)),
            verbs.Make("show", "How fast each sending IP may go there, and why", [site], (session, parsed, ct) =>
                session.GetAsync("/v1/sites/" + Verbs.Part(parsed.GetValue(site)!), static (screen, answer) => screen.Card(answer), ct)),
            verbs.Make("resume", "End suspensions and lower limits that rules have set", [site, ip], (session, parsed, ct) =>
            {
                var body = new JsonObject();
                Body.Set(body, "ip", parsed.GetValue(ip));
                return session.AskAsync(HttpMethod.Post, $"/v1/sites/{Verbs.Part(parsed.GetValue(site)!)}/resume", body, static (screen, answer) => screen.Card(answer), ct);
            }));
    }
}
