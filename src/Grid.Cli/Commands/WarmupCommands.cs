using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Grid.Cli.Output;
using Grid.Client;
using static Grid.Cli.Commands.CallCommand;

namespace Grid.Cli.Commands;

/// <summary>grid warmup-plan: how many messages a new sending IP may send on each of its days, for the operator.</summary>
internal static class WarmupCommands
{
    private static readonly Column[] Columns = [.. ((string[])["name", "days", "first day=first", "last day=last"]).Select(Column.Parse)];
    private static readonly Column[] Days = [.. ((string[])["day", "messages=perIp", "at one site=perSite"]).Select(Column.Parse)];

    public static Command Make(Verbs verbs)
    {
        var plan = Verbs.Word("plan", "The plan's name");
        var (days, file, reason) = (Verbs.Text("--days", "Messages a day, with commas between: 50,100,200; 50/20 is at most 20 to one site, which else is half of them"), Verbs.Text("--file", "All of it as JSON; - reads the input"), Verbs.Reason());
        return Verbs.Group(
            "warmup-plan",
            "Warm-up plans of sending IPs: list, show, put",
            verbs.Make("list", "All plans", [], (session, _, ct) => session.GetAsync("/v1/warmup-plans", ShowAll, ct)),
            verbs.Make("show", "One, day by day", [plan], (session, parsed, ct) => session.GetAsync(Path(parsed.GetValue(plan)!), ShowOne, ct)),
            verbs.Make("put", "Make or change one; it holds for the IPs on it at once", [plan, days, file, reason], async (session, parsed, ct) =>
            {
                var body = parsed.GetValue(file) is { } from ? Body.Parse(await session.ReadAsync(from, ct)) : [];
                Body.Put(body, "days", parsed.GetValue(days) is { } given ? new JsonArray([.. given.Split(',').Select(Day)]) : null);
                return await session.AskAsync(new(HttpMethod.Put, Path(parsed.GetValue(plan)!)) { Body = body.ToJsonString(), Reason = parsed.GetValue(reason) }, ShowOne, ct);
            }));
    }

    private static JsonNode Day(string text)
    {
        var parts = text.Split('/');
        if (parts.Length > 2 || !parts.All(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            throw new UsageException($"--days must be whole numbers such as 50 or 50/20, with commas between, not '{text}'");
        }

        var perIp = int.Parse(parts[0], CultureInfo.InvariantCulture);
        return new JsonObject { ["perIp"] = perIp, ["perSite"] = parts.Length == 2 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : Math.Max(1, perIp / 2) };
    }

    private static void ShowAll(Screen screen, JsonNode answer) => screen.Table(
        answer,
        [.. answer["plans"]!.AsArray().Select(plan => new JsonObject
        {
            ["name"] = plan!["name"]?.DeepClone(),
            ["days"] = plan["days"]!.AsArray().Count,
            ["first"] = plan["days"]!.AsArray().FirstOrDefault()?["perIp"]?.DeepClone(),
            ["last"] = plan["days"]!.AsArray().LastOrDefault()?["perIp"]?.DeepClone(),
        })],
        Columns);

    private static void ShowOne(Screen screen, JsonNode answer) => screen.Table(
        answer, [.. answer["days"]!.AsArray().Select((day, i) => new JsonObject { ["day"] = i + 1, ["perIp"] = day!["perIp"]?.DeepClone(), ["perSite"] = day["perSite"]?.DeepClone() })], Days);

    private static string Path(string plan) => "/v1/warmup-plans/" + Verbs.Part(plan);
}
