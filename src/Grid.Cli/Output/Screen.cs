using System.Text.Json.Nodes;
using Grid.Client;
using Spectre.Console;

namespace Grid.Cli.Output;

/// <summary>Writes answers: tables for people, lines with tabs for programs, JSON where that was asked for.</summary>
internal sealed class Screen
{
    private readonly Surroundings _around;
    private readonly bool _asJson;

    public Screen(Surroundings around, bool asJson, bool colour)
    {
        (_around, _asJson) = (around, asJson);
        Console = Make(around.Out, around, colour);
    }

    /// <summary>For what is drawn live.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>Answers are written as JSON.</summary>
    public bool IsJson => _asJson;

    /// <summary>Rows under columns.</summary>
    public void Table(JsonNode answer, JsonArray rows, params IReadOnlyList<Column> columns)
    {
        if (_asJson)
        {
            Json(answer);
            return;
        }

        if (!_around.IsTerminal)
        {
            _around.Out.WriteLine(string.Join('\t', columns.Select(column => column.Title)));
            foreach (var row in rows)
            {
                _around.Out.WriteLine(string.Join('\t', columns.Select(column => column.Of(row))));
            }

            return;
        }

        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column.Title)));
        }

        foreach (var row in rows)
        {
            table.AddRow(columns.Select(column => new Text(column.Of(row), Style(column, row))));
        }

        Console.Write(table);
    }

    /// <summary>One thing, a line for each of its values; what has values of its own is written with dots.</summary>
    public void Card(JsonNode answer)
    {
        if (_asJson)
        {
            Json(answer);
            return;
        }

        var lines = new List<(string Name, string Value)>();
        Flatten("", answer, lines);
        var width = _around.IsTerminal ? lines.Select(line => line.Name.Length).DefaultIfEmpty().Max() : 0;
        foreach (var (name, value) in lines)
        {
            _around.Out.WriteLine(_around.IsTerminal ? $"{name.PadRight(width)}  {value}" : $"{name}\t{value}");
        }
    }

    /// <summary>A sentence; with --json the answer.</summary>
    public void Line(JsonNode? answer, string text)
    {
        if (_asJson)
        {
            Json(answer ?? new JsonObject());
        }
        else
        {
            _around.Out.WriteLine(Safe.Text(text));
        }
    }

    public void Json(JsonNode answer) => _around.Out.WriteLine(answer.ToJsonString());

    /// <summary>Text that is to come out as it is, such as a policy's YAML; its line breaks stay.</summary>
    public void Document(string text)
    {
        if (_asJson)
        {
            Json(new JsonObject { ["text"] = text });
            return;
        }

        foreach (var line in text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            _around.Out.WriteLine(Safe.Text(line));
        }
    }

    /// <summary>Why the grid refused, with clause and figures.</summary>
    public void Problem(GridAnswer answer)
    {
        var problem = answer.Problem!;
        if (_asJson && answer.Json is { } json)
        {
            Json(json);
        }

        var error = _around.Error;
        error.WriteLine($"grid: {Safe.Text(problem.Title)} ({problem.Status})");
        if (problem.Errors.Count == 0 && problem.Detail.Length > 0)
        {
            error.WriteLine("  " + Safe.Text(problem.Detail));
        }

        foreach (var (field, words) in problem.Errors)
        {
            error.WriteLine($"  {Safe.Text(field)}: {Safe.Text(words)}");
        }

        if (problem.Clause is { } clause)
        {
            error.WriteLine($"  clause   {Safe.Text(clause)}{(problem.Policy is { } policy ? $" of policy {Safe.Text(policy)}, version {problem.PolicyVersion}" : "")}");
        }

        if (problem.Figures.Count > 0)
        {
            error.WriteLine("  figures  " + string.Join("  ", problem.Figures.Select(f => FormattableString.Invariant($"{Safe.Text(f.Key)}={f.Value}"))));
        }

        if (answer.RetryAfter is { } wait)
        {
            error.WriteLine(FormattableString.Invariant($"  again in {wait.TotalSeconds:0} s"));
        }
    }

    private static IAnsiConsole Make(TextWriter writer, Surroundings around, bool colour)
    {
        var console = AnsiConsole.Create(new()
        {
            Ansi = around.IsTerminal && colour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = around.IsTerminal && colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = around.IsTerminal && colour ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = around.Width;
        return console;
    }

    private static void Flatten(string prefix, JsonNode? node, List<(string, string)> lines)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var (name, value) in fields)
                {
                    Flatten(prefix.Length == 0 ? Safe.Text(name) : $"{prefix}.{Safe.Text(name)}", value, lines);
                }

                break;
            case JsonArray { Count: > 0 } items when items[0] is JsonObject:
                for (var i = 0; i < items.Count; i++)
                {
                    Flatten(FormattableString.Invariant($"{prefix}[{i}]"), items[i], lines);
                }

                break;
            default:
                lines.Add((prefix, Column.Show(node)));
                break;
        }
    }

    /// <summary>A state has a colour beside its word.</summary>
    private static Style Style(Column column, JsonNode? row) => (column.Path, column.Of(row)) switch
    {
        ("state" or "to", "suspended" or "terminated" or "paused") => new(Color.Red),
        ("state" or "to", "warned" or "pending" or "failing") => new(Color.Yellow),
        ("state" or "to", "active") => new(Color.Green),
        _ => Spectre.Console.Style.Plain,
    };
}
