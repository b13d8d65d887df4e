using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Grid.Cli.Output;
using Grid.Client;
using Spectre.Console;

namespace Grid.Cli.Commands;

/// <summary>grid policy: for the operator.</summary>
internal static class PolicyCommands
{
    private const string Yaml = "application/yaml";
    private static readonly TimeSpan Previewed = TimeSpan.FromDays(30);
    private static readonly Column[] Columns = [Column.Parse("name"), Column.Parse("version")];
    private static readonly Column[] VersionColumns = [.. ((string[])["version", "pushed=pushedAt", "by", "reason", "hash"]).Select(Column.Parse)];
    private static readonly Column[] DiffColumns = [.. ((string[])["op", "line", "text"]).Select(Column.Parse)];
    private static readonly Column[] PreviewColumns = [.. ((string[])["subject", "from", "to", "clause", "figures"]).Select(Column.Parse)];

    public static Command Make(Verbs verbs)
    {
        var name = Verbs.Word("name", "The policy's name");
        var file = Verbs.Word("file", "YAML, or JSON where it ends with .json; - reads the input");
        var (from, to, reason) = (Verbs.Count("--from", "A version; default the last but one"), Verbs.Count("--to", "A version; default the last"), Verbs.Text("--reason", "Why; it goes to the ledger"));
        var version = new Argument<int>("version") { Description = "A version's number" };
        return Verbs.Group(
            "policy",
            "Policies: list, show, push, preview, versions, diff, rollback",
            verbs.Make("list", "All policies", [], (session, parsed, ct) =>
                session.GetAsync("/v1/policies", static (screen, answer) => screen.Table(answer, answer["policies"]!.AsArray(), Columns), ct)),
            verbs.Make("show", "A policy as it is in force", [name], (session, parsed, ct) =>
                session.GetAsync(Path(parsed.GetValue(name)!), static (screen, answer) => screen.Card(answer), ct)),
            verbs.Make("versions", "What it was, newest first", [name], (session, parsed, ct) => session.GetAsync(
                Path(parsed.GetValue(name)!) + "/versions", static (screen, answer) => screen.Table(answer, answer["versions"]!.AsArray(), VersionColumns), ct)),
            verbs.Make("diff", "How one version's text became another's", [name, from, to], (session, parsed, ct) => session.GetAsync(
                Path(parsed.GetValue(name)!) + "/diff" + Range(parsed.GetValue(from), parsed.GetValue(to)),
                static (screen, answer) => screen.Table(answer, answer["changes"]!.AsArray(), DiffColumns),
                ct)),
            verbs.Make("rollback", "Put an earlier version in force again", [name, version, reason], (session, parsed, ct) =>
            {
                var body = new JsonObject { ["version"] = parsed.GetValue(version) };
                Body.Set(body, "reason", parsed.GetValue(reason));
                return session.AskAsync(HttpMethod.Post, Path(parsed.GetValue(name)!) + "/rollback", body, static (screen, answer) => screen.Card(answer), ct);
            }),
            verbs.Make("push", "Put a policy in force, in every grain when this is answered", [name, file, reason], async (session, parsed, ct) => await session.AskAsync(
                HttpMethod.Put, Path(parsed.GetValue(name)!) + (parsed.GetValue(reason) is { } why ? "?reason=" + Uri.EscapeDataString(why) : ""), null, (screen, answer) => screen.Line(answer, $"{parsed.GetValue(name)} is in force as version {answer["version"]}"), ct,
                MediaType(parsed.GetValue(file)!), await session.ReadAsync(parsed.GetValue(file)!, ct))),
            verbs.Make("preview", "What a policy would have decided on the recorded outcomes; changes nothing", [name, file], async (session, parsed, ct) =>
                await PreviewAsync(session, Path(parsed.GetValue(name)!) + "/preview", parsed.GetValue(file)!, ct)));
    }

    private static async Task<int> PreviewAsync(Session session, string path, string file, CancellationToken cancellationToken)
    {
        var text = await session.ReadAsync(file, cancellationToken);
        var now = session.Around.Clock.GetUtcNow();
        var (subjects, result) = (new JsonArray(), new JsonObject());
        async Task<GridAnswer> AskAsync(Action<long, double> progress) => await session.Client.LinesAsync(
            HttpMethod.Post,
            path + "?stream=true&from=" + Uri.EscapeDataString((now - Previewed).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
            text,
            MediaType(file),
            line =>
            {
                if (line["progress"] is { } at)
                {
                    progress(at["outcomes"]!.GetValue<long>(), 1 - ((now - at["at"]!.GetValue<DateTimeOffset>()) / Previewed));
                }
                else if (line["subject"] is { } subject)
                {
                    subjects.Add(subject.DeepClone());
                }
                else if (line["result"] is JsonObject whole)
                {
                    result = whole.DeepClone().AsObject();
                }
            },
            cancellationToken);
        var answer = session.Around.IsTerminal && !session.Screen.IsJson ? await DrawAsync(session, AskAsync) : await AskAsync(static (_, _) => { });
        if (!answer.IsSuccess)
        {
            session.Screen.Problem(answer);
            return ExitCode.Refused;
        }

        result["subjects"] = subjects.DeepClone();
        session.Screen.Table(result, subjects, PreviewColumns);
        return ExitCode.Done;
    }

    /// <summary>A bar of how much of the time looked at is judged.</summary>
    private static async Task<GridAnswer> DrawAsync(Session session, Func<Action<long, double>, Task<GridAnswer>> ask)
    {
        GridAnswer? answer = null;
        await session.Screen.Console.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn()).StartAsync(async progress =>
        {
            var judging = progress.AddTask("judging the recorded outcomes");
            answer = await ask((outcomes, part) =>
            {
                judging.Description = FormattableString.Invariant($"judged {outcomes:N0} outcomes");
                judging.Value = 100 * Math.Clamp(part, 0, 1);
            });
            (judging.Value, judging.Description) = (100, "judged");
            progress.Refresh();
        });
        return answer!;
    }

    private static string Path(string name) => "/v1/policies/" + Verbs.Part(name);

    private static string Range(int? from, int? to) =>
        "?" + string.Join('&', new[] { from is null ? null : FormattableString.Invariant($"from={from}"), to is null ? null : FormattableString.Invariant($"to={to}") }.OfType<string>());

    private static string MediaType(string file) => file.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? "application/json" : Yaml;
}
