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
    private static readonly Column[] DiffColumns = [.. ((string[])["op", "line", "text"]).Select(Column.Parse)];
    private static readonly Column[] PreviewColumns = [.. ((string[])["subject", "from", "to", "clause", "figures"]).Select(Column.Parse)];

    public static Command Make(Verbs verbs)
    {
        var name = Verbs.Word("name", "The policy's name");
        var file = Verbs.Word("file", "YAML, or JSON where it ends with .json; - reads the input");
        var (from, to, reason) = (Verbs.Count("--from", "A version; default the last but one"), Verbs.Count("--to", "A version; default the last"), Verbs.Text("--reason", "Why; it goes to the ledger"));
        var version = new Argument<int>("version") { Description = "A version's number" };
        var yaml = new Option<bool>("--yaml") { Description = "Its text, as it was pushed or shipped" };
        var (reach, share) = (Verbs.Text("--reach", "all (the default); shadow: judge and show, without enforcing; share: with --share"), new Option<decimal?>("--share") { Description = "For this share of the subjects, 0.0001 to 0.9999, always the same ones" });
        reach.AcceptOnlyFromAmong("all", "shadow", "share");
        var (since, until) = (Verbs.Text("--from", "Outcomes since then, RFC 3339; default 30 days ago"), Verbs.Text("--to", "Until then; default now"));
        return Verbs.Group(
            "policy",
            "Policies: list, show, push, preview, versions, diff, rollback, end a trial, schema",
            verbs.Make("list", "All policies", [], (session, parsed, ct) =>
                session.GetAsync("/v1/policies", static (screen, answer) => screen.Table(answer, answer["policies"]!.AsArray(), Columns), ct)),
            verbs.Make("show", "A policy as it is in force", [name, yaml], (session, parsed, ct) =>
                session.AskAsync(new(HttpMethod.Get, Path(parsed.GetValue(name)!)) { Accept = parsed.GetValue(yaml) ? Yaml : null }, static (screen, answer) => screen.Card(answer), ct)),
            CallCommand.Pages(verbs, "versions", "What it was, newest first", new("/v1/policies/{name}/versions"), "versions", "before", ["version", "pushed=pushedAt", "by", "reason", "hash"]),
            CallCommand.Call(verbs, "version", "One of them, with its text", HttpMethod.Get, "/v1/policies/{name}/versions/{version}"),
            CallCommand.Call(verbs, "end-trial", "End a shadow or a share: what is in force for all stays alone", HttpMethod.Delete, "/v1/policies/{name}/trial", new CallField("reason", "Why; it goes to the ledger")),
            CallCommand.Shown(verbs, "schema", "The JSON schema of policies, for editors", HttpMethod.Get, new CallPath("/schemas/policy.json"), static (screen, answer) => screen.Json(answer)),
            verbs.Make("diff", "How one version's text became another's", [name, from, to], (session, parsed, ct) => session.GetAsync(
                Path(parsed.GetValue(name)!) + "/diff" + Verbs.Query(("from", parsed.GetValue(from)?.ToString(CultureInfo.InvariantCulture)), ("to", parsed.GetValue(to)?.ToString(CultureInfo.InvariantCulture))),
                static (screen, answer) => screen.Table(answer, answer["changes"]!.AsArray(), DiffColumns),
                ct)),
            verbs.Make("rollback", "Put an earlier version in force again", [name, version, reason], (session, parsed, ct) =>
            {
                var body = new JsonObject { ["version"] = parsed.GetValue(version) };
                Body.Set(body, "reason", parsed.GetValue(reason));
                return session.AskAsync(HttpMethod.Post, Path(parsed.GetValue(name)!) + "/rollback", body, static (screen, answer) => screen.Card(answer), ct);
            }),
            verbs.Make("push", "Put a policy in force, in every grain when this is answered", [name, file, reach, share, reason], async (session, parsed, ct) => await session.AskAsync(
                new(HttpMethod.Put, Path(parsed.GetValue(name)!) + Verbs.Query(("reach", parsed.GetValue(reach)), ("share", parsed.GetValue(share)?.ToString(CultureInfo.InvariantCulture)), ("reason", parsed.GetValue(reason))))
                {
                    Body = await session.ReadAsync(parsed.GetValue(file)!, ct),
                    MediaType = Verbs.PolicyType(parsed.GetValue(file)!),
                },
                (screen, answer) => screen.Line(answer, Pushed(parsed.GetValue(name)!, answer)),
                ct)),
            verbs.Make("preview", "What a policy would have decided on the recorded outcomes; changes nothing", [name, file, since, until], async (session, parsed, ct) =>
                await PreviewAsync(session, Path(parsed.GetValue(name)!) + "/preview", parsed.GetValue(file)!, parsed.GetValue(since), parsed.GetValue(until), ct)));
    }

    private static async Task<int> PreviewAsync(Session session, string path, string file, string? since, string? until, CancellationToken cancellationToken)
    {
        var text = await session.ReadAsync(file, cancellationToken);
        var end = Time(until) ?? session.Around.Clock.GetUtcNow();
        var start = Time(since) ?? end - Previewed;
        var (subjects, result) = (new JsonArray(), new JsonObject());
        async Task<GridAnswer> AskAsync(Action<long, double> progress) => await session.Client.LinesAsync(
            HttpMethod.Post,
            path + Verbs.Query(("stream", "true"), ("from", since ?? start.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)), ("to", until)),
            text,
            Verbs.PolicyType(file),
            line =>
            {
                if (line["progress"] is { } at)
                {
                    progress(at["outcomes"]!.GetValue<long>(), end <= start ? 0 : 1 - ((end - at["at"]!.GetValue<DateTimeOffset>()) / (end - start)));
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

    private static string Pushed(string name, JsonNode answer) =>
        answer["trial"] is { } trial ? $"{name} is on trial as version {trial["version"]}: {trial["reach"]}{(trial["share"] is { } share ? $", share {share}" : "")}" : $"{name} is in force as version {answer["version"]}";

    /// <summary>For the bar alone; the grid judges what was given.</summary>
    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
