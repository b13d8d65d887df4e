using System.Globalization;
using System.Text.Json.Nodes;
using Grid.Client;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Grid.Cli.Output;

/// <summary>One look at the grid: what it did since the last one, the queue, how its tenants stand, the latest decisions.</summary>
internal sealed record Glance
{
    private const int Decisions = 8;
    private const int Shares = 8;
    private static readonly string[] Kinds = ["delivered", "deferred", "bounced", "complained"];
    private static readonly Column[] DecisionColumns = [.. ((string[])["at", "subject", "from", "to", "clause", "by"]).Select(Column.Parse)];
    private static readonly Column[] ShareColumns = [.. ((string[])["name", "total", "deferred", "paused"]).Select(Column.Parse)];

    /// <summary>Why there is nothing to see.</summary>
    public GridAnswer? Refusal { get; private init; }

    private DateTimeOffset At { get; init; }

    private IReadOnlyDictionary<string, double> Outcomes { get; init; } = new Dictionary<string, double>();

    private IReadOnlyDictionary<string, double> Rates { get; init; } = new Dictionary<string, double>();

    private JsonNode Queue { get; init; } = new JsonObject();

    private IReadOnlyDictionary<string, int> Tenants { get; init; } = new Dictionary<string, int>();

    private JsonArray Ledger { get; init; } = [];

    /// <param name="before">The last look, to tell rates by.</param>
    public static async Task<Glance> TakeAsync(Session session, Glance? before, CancellationToken cancellationToken)
    {
        var queue = await session.Client.CallAsync(HttpMethod.Get, "/v1/queue", cancellationToken: cancellationToken);
        if (!queue.IsSuccess)
        {
            return new() { Refusal = queue };
        }

        var metrics = Metrics((await session.Client.CallAsync(HttpMethod.Get, "/metrics", cancellationToken: cancellationToken)).Text);
        var tenants = await session.Client.CallAsync(HttpMethod.Get, "/v1/tenants?limit=1000", cancellationToken: cancellationToken);
        var ledger = await session.Client.CallAsync(HttpMethod.Get, FormattableString.Invariant($"/v1/decisions?limit={Decisions}"), cancellationToken: cancellationToken);
        var now = session.Around.Clock.GetUtcNow();
        var seconds = before is null ? 0 : (now - before.At).TotalSeconds;
        return new()
        {
            At = now,
            Outcomes = metrics,
            Rates = seconds <= 0 ? new Dictionary<string, double>() : metrics.ToDictionary(m => m.Key, m => Math.Max(0, m.Value - before!.Outcomes.GetValueOrDefault(m.Key)) / seconds),
            Queue = queue.Json!,
            Tenants = (tenants.Json?["tenants"] as JsonArray ?? []).GroupBy(t => Column.Show(t!["state"])).ToDictionary(g => g.Key, g => g.Count()),
            Ledger = ledger.Json?["decisions"] as JsonArray ?? [],
        };
    }

    public JsonObject ToJson() => new()
    {
        ["at"] = At.ToString("O", CultureInfo.InvariantCulture),
        ["outcomes"] = new JsonObject(Outcomes.Select(o => KeyValuePair.Create(o.Key, (JsonNode?)JsonValue.Create(o.Value)))),
        ["queue"] = Queue.DeepClone(),
        ["tenants"] = new JsonObject(Tenants.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)JsonValue.Create(t.Value)))),
        ["decisions"] = Ledger.DeepClone(),
    };

    public IRenderable Draw() => new Rows(
        new Text($"{At:HH:mm:ss} UTC   {string.Join("   ", Kinds.Select(kind => FormattableString.Invariant($"{kind} {Rates.GetValueOrDefault(kind):0.0}/s ({Outcomes.GetValueOrDefault(kind):0})")))}"),
        new Text($"queue {Column.Show(Queue["total"])}   ready {Column.Show(Queue["ready"])}   deferred {Column.Show(Queue["deferred"])}   in flight {Column.Show(Queue["inFlight"])}   "
            + $"oldest {Column.Show(Queue["oldestSeconds"])} s   tenants {string.Join(", ", Tenants.Select(t => $"{t.Value} {t.Key}"))}"),
        Table("domains", ShareColumns, (Queue["byDomain"] as JsonArray ?? []).Take(Shares)),
        Table("tenants", ShareColumns, (Queue["byTenant"] as JsonArray ?? []).Take(Shares)),
        Table("decisions", DecisionColumns, Ledger));

    private static Table Table(string title, Column[] columns, IEnumerable<JsonNode?> rows)
    {
        var table = new Table().Border(TableBorder.Simple).Title(title);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column.Title)));
        }

        foreach (var row in rows)
        {
            table.AddRow(columns.Select(column => new Text(column.Of(row))));
        }

        return table;
    }

    /// <summary>grid_outcomes_total by kind, of Prometheus' text.</summary>
    private static Dictionary<string, double> Metrics(string text)
    {
        const string Name = "grid_outcomes_total{kind=\"";
        var found = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n').Where(line => line.StartsWith(Name, StringComparison.Ordinal)))
        {
            var end = line.IndexOf('"', Name.Length);
            if (end > 0 && double.TryParse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture, out var value))
            {
                found[Safe.Text(line[Name.Length..end])] = value;
            }
        }

        return found;
    }
}
