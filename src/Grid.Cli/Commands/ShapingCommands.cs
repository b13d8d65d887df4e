using System.CommandLine;
using System.Text.Json.Nodes;
using Grid.Client;
using static Grid.Cli.Commands.CallCommand;

namespace Grid.Cli.Commands;

/// <summary>grid shaping: how receivers are delivered to, for the operator.</summary>
internal static class ShapingCommands
{
    private const string Path = "/v1/shaping";
    private const string Yaml = "application/yaml";

    public static Command Make(Verbs verbs)
    {
        var text = new Option<bool>("--yaml") { Description = "Its text, with the rules, as it was pushed or shipped" };
        var (file, reason) = (Verbs.Word("file", "YAML, or JSON where it ends with .json; - reads the input"), Verbs.Reason());
        return Verbs.Group(
            "shaping",
            "Shaping profiles: show, push",
            verbs.Make("show", "The profiles in force", [text], (session, parsed, ct) => session.AskAsync(
                new(HttpMethod.Get, Path) { Accept = parsed.GetValue(text) ? Yaml : null },
                Rows("profiles", "name", "domains", "exchangers", "sites", "connections", "at site=siteConnections", "messages=messagesPerConnection", "recipients=recipientsPerTransaction", "rate", "site rate=siteRate", "tls", "rules"),
                ct)),
            verbs.Make("push", "Put profiles in force in place of those that are; the whole text", [file, reason], async (session, parsed, ct) => await session.AskAsync(
                new(HttpMethod.Put, Path) { Body = await session.ReadAsync(parsed.GetValue(file)!, ct), MediaType = Verbs.PolicyType(parsed.GetValue(file)!), Reason = parsed.GetValue(reason) },
                static (screen, answer) => screen.Line(answer, $"{(answer["profiles"] as JsonArray)?.Count} profiles are in force as version {answer["version"]}"),
                ct)));
    }
}
