using System.CommandLine;
using System.Text.Json.Nodes;
using Grid.Cli.Output;
using Grid.Client;

namespace Grid.Cli.Commands;

/// <summary>grid shaping: how receivers are delivered to, for the operator.</summary>
internal static class ShapingCommands
{
    private const string Path = "/v1/shaping";
    private const string Yaml = "application/yaml";
    private static readonly string[] Receivers = ["domains", "exchangers", "sites"];
    private static readonly Column[] Columns =
    [
        .. ((string[])["name", "for", "connections", "at site=siteConnections", "messages=messagesPerConnection", "recipients=recipientsPerTransaction", "rate", "site rate=siteRate", "tls", "rules"]).Select(Column.Parse),
    ];

    public static Command Make(Verbs verbs)
    {
        var text = new Option<bool>("--yaml") { Description = "Its text, with the rules, as it was pushed or shipped" };
        var (file, reason) = (Verbs.Word("file", "YAML, or JSON where it ends with .json; - reads the input"), Verbs.Reason());
        return Verbs.Group(
            "shaping",
            "Shaping profiles: show, push",
            verbs.Make("show", "The profiles in force", [text], (session, parsed, ct) => session.AskAsync(
                new(HttpMethod.Get, Path) { Accept = parsed.GetValue(text) ? Yaml : null },
                ShowProfiles,
                ct)),
            verbs.Make("push", "Put profiles in force: in place of those pushed before, and of shipped ones of the same name", [file, reason], async (session, parsed, ct) => await session.AskAsync(
                new(HttpMethod.Put, Path) { Body = await session.ReadAsync(parsed.GetValue(file)!, ct), MediaType = Verbs.PolicyType(parsed.GetValue(file)!), Reason = parsed.GetValue(reason) },
                static (screen, answer) => screen.Line(answer, $"{(answer["profiles"] as JsonArray)?.Count} profiles are in force as version {answer["version"]}"),
                ct)));
    }

    /// <summary>Whom a profile is for, in one column; of its rules how many there are.</summary>
    private static void ShowProfiles(Screen screen, JsonNode answer)
    {
        var rows = answer["profiles"]!.DeepClone().AsArray();
        foreach (var row in rows)
        {
            row!["for"] = string.Join(", ", Receivers.SelectMany(field => row[field] as JsonArray ?? []));
            row["rules"] = (row["rules"] as JsonArray)?.Count;
        }

        screen.Table(answer, rows, Columns);
    }
}
