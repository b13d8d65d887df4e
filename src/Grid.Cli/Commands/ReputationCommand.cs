using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Grid.Cli.Output;

namespace Grid.Cli.Commands;

/// <summary>grid reputation: a tenant's own standing, with its key.</summary>
internal static class ReputationCommand
{
    private static readonly Column[] Measures = [.. ((string[])["clause", "action", "value=shown.value", "threshold=shown.threshold", "used%", "judged", "breached", "correct"]).Select(Column.Parse)];

    public static Command Make(Verbs verbs) => verbs.Make("reputation", "Your own standing: thresholds and how far they are", [], (session, parsed, ct) => session.GetAsync(
        "/v1/reputation",
        (screen, answer) =>
        {
            if (!parsed.GetValue(verbs.Json))
            {
                screen.Line(answer, $"{answer["id"]} is {answer["state"]} since {answer["since"]} under policy {answer["policy"]?["name"]}");
            }

            // Rates and counts stand in one table, each in its own unit.
            var rows = answer["measures"]!.DeepClone().AsArray();
            foreach (var row in rows)
            {
                row!["shown"] = new JsonObject { ["value"] = Shown(row, "value"), ["threshold"] = Shown(row, "threshold") };
            }

            screen.Table(answer, rows, Measures);
        },
        ct));

    private static string Shown(JsonNode row, string field)
    {
        var value = row[field]!.GetValue<decimal>();
        return row["unit"]?.GetValue<string>() == "count" ? value.ToString("0", CultureInfo.InvariantCulture) : (100 * value).ToString("0.#### '%'", CultureInfo.InvariantCulture);
    }
}
