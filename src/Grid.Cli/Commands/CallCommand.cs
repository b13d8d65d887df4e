using System.CommandLine;
using System.Text.Json.Nodes;
using Grid.Cli.Output;

namespace Grid.Cli.Commands;

/// <summary>A command that is one call of the API: the names in the path are its arguments, the fields of the body (of a GET or DELETE: of the query) its options.</summary>
internal static class CallCommand
{
    /// <param name="path">Such as <c>/v1/held/{id}/release</c>.</param>
    public static Command Call(Verbs verbs, string name, string description, HttpMethod method, string path, params CallField[] fields) =>
        Call(verbs, name, description, method, new CallPath(path), fields);

    public static Command Call(Verbs verbs, string name, string description, HttpMethod method, CallPath path, params CallField[] fields) =>
        Shown(verbs, name, description, method, path, Show, fields);

    /// <summary>The same, with an answer that is written in a way of its own.</summary>
    /// <param name="show">How the answer is written.</param>
    public static Command Shown(Verbs verbs, string name, string description, HttpMethod method, CallPath path, Action<Screen, JsonNode> show, params CallField[] fields)
    {
        var shape = new CallShape(method, path, fields);
        return verbs.Make(name, description, shape.Symbols, async (session, parsed, ct) => await session.AskAsync(await shape.RequestAsync(session, parsed, ct), show, ct));
    }

    /// <summary>A list, in columns, page after page.</summary>
    /// <param name="rows">The answer's field that has them.</param>
    public static Command List(Verbs verbs, string description, string path, string rows, string[] columns, params CallField[] fields) =>
        Pages(verbs, "list", description, new(path), rows, "after", columns, fields);

    /// <inheritdoc cref="List(Verbs, string, string, string, string[], CallField[])" />
    /// <param name="cursor">The query's name for where a page begins: after, or before where the newest come first.</param>
    public static Command Pages(Verbs verbs, string name, string description, CallPath path, string rows, string cursor, string[] columns, params CallField[] fields)
    {
        var (shape, limit, shown) = (new CallShape(HttpMethod.Get, path, fields), Verbs.Limit(), columns.Select(Column.Parse).ToArray());
        return verbs.Make(name, description, [.. shape.Symbols, limit], async (session, parsed, ct) =>
            await session.ListAsync((await shape.RequestAsync(session, parsed, ct)).Path, rows, shown, parsed.GetValue(limit), ct, cursor));
    }

    /// <summary>An answer's rows, in columns.</summary>
    public static Action<Screen, JsonNode> Rows(string rows, params string[] columns)
    {
        var shown = columns.Select(Column.Parse).ToArray();
        return (screen, answer) => screen.Table(answer, answer[rows] as JsonArray ?? [], shown);
    }

    /// <summary>Something that is kept in a file, such as mail or a list.</summary>
    public static Command Save(Verbs verbs, string name, string description, CallPath path, params CallField[] fields)
    {
        var shape = new CallShape(HttpMethod.Get, path, fields);
        var file = Verbs.Text("--out", "A file that it is written to, byte for byte; default: here, as text");
        return verbs.Make(name, description, [.. shape.Symbols, file], async (session, parsed, ct) =>
            await session.SaveAsync(await shape.RequestAsync(session, parsed, ct), parsed.GetValue(file), ct));
    }

    /// <summary>Records of a file, as CSV or lines of JSON.</summary>
    public static Command Import(Verbs verbs, string description, CallPath path, params CallField[] fields)
    {
        var shape = new CallShape(HttpMethod.Post, path, fields);
        var (file, format) = (Verbs.Word("file", "CSV, or lines of JSON; - reads the input"), Verbs.Text("--format", "csv or ndjson; default by the file's name, ndjson for the input"));
        format.AcceptOnlyFromAmong("csv", "ndjson");
        return verbs.Make("import", description, [file, .. shape.Symbols, format], async (session, parsed, ct) =>
        {
            var name = parsed.GetValue(file)!;
            var isCsv = (parsed.GetValue(format) ?? (name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? "csv" : "ndjson")) == "csv";
            var request = await shape.RequestAsync(session, parsed, ct) with { Bytes = await session.ReadBytesAsync(name, ct), MediaType = isCsv ? "text/csv" : "application/x-ndjson" };
            return await session.AskAsync(request, Show, ct);
        });
    }

    private static void Show(Screen screen, JsonNode answer)
    {
        if (answer is JsonObject { Count: 0 })
        {
            screen.Line(answer, "done");
            return;
        }

        screen.Card(answer);
    }
}
