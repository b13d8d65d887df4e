using System.CommandLine;
using System.Text.Json.Nodes;
using Grid.Cli.Output;

namespace Grid.Cli.Commands;

/// <summary>A command that is one call of the API: the names in the path are its arguments, the fields of the body (of a GET: of the query) its options.</summary>
internal static class CallCommand
{
    /// <param name="path">Such as <c>/v1/held/{id}/release</c>.</param>
    public static Command Call(Verbs verbs, string name, string description, HttpMethod method, string path, params CallField[] fields)
    {
        var (arguments, options) = Symbols(path, fields);
        return verbs.Make(name, description, [.. arguments, .. options.Select(option => option.Symbol)], (session, parsed, ct) =>
        {
            var body = new JsonObject();
            foreach (var (field, symbol) in options)
            {
                Set(body, field, parsed, symbol);
            }

            var isQuery = method == HttpMethod.Get || method == HttpMethod.Delete;
            return session.AskAsync(method, At(path, arguments, parsed, isQuery ? body : []), isQuery ? null : body, Show, ct);
        });
    }

    /// <summary>A list, in columns.</summary>
    /// <param name="rows">The answer's field that has them.</param>
    public static Command List(Verbs verbs, string description, string path, string rows, string[] columns, params CallField[] fields)
    {
        var (arguments, options) = Symbols(path, fields);
        var (limit, shown) = (Verbs.Limit(), columns.Select(Column.Parse).ToArray());
        return verbs.Make("list", description, [.. arguments, .. options.Select(option => option.Symbol), limit], (session, parsed, ct) =>
        {
            var query = new JsonObject();
            foreach (var (field, symbol) in options)
            {
                Set(query, field, parsed, symbol);
            }

            return session.ListAsync(At(path, arguments, parsed, query), rows, shown, parsed.GetValue(limit), ct);
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

    private static (List<Argument<string>> Arguments, List<(CallField Field, Option Symbol)> Options) Symbols(string path, CallField[] fields) => (
        [.. path.Split('/').Where(part => part.StartsWith('{')).Select(part => Verbs.Word(part.Trim('{', '}'), $"The {part.Trim('{', '}')}"))],
        [.. fields.Select(field => (field, OptionOf(field)))]);

    private static Option OptionOf(CallField field)
    {
        var name = "--" + string.Concat(field.Name.Select(c => char.IsUpper(c) ? "-" + char.ToLowerInvariant(c) : c.ToString()));
        return field.Kind switch
        {
            CallFieldKind.Flag => new Option<bool>(name) { Description = field.Words, Required = field.Needed },
            CallFieldKind.Number => new Option<decimal?>(name) { Description = field.Words, Required = field.Needed },
            _ => new Option<string?>(name) { Description = field.Words, Required = field.Needed },
        };
    }

    private static void Set(JsonObject body, CallField field, ParseResult parsed, Option symbol)
    {
        switch (symbol)
        {
            case Option<bool> flag when parsed.GetValue(flag):
                body[field.Name] = true;
                break;
            case Option<decimal?> number when parsed.GetValue(number) is { } value:
                body[field.Name] = value;
                break;
            case Option<string?> text when parsed.GetValue(text) is { } value:
                body[field.Name] = value;
                break;
        }
    }

    private static string At(string path, List<Argument<string>> arguments, ParseResult parsed, JsonObject query)
    {
        var at = arguments.Aggregate(path, (text, argument) => text.Replace($"{{{argument.Name}}}", Verbs.Part(parsed.GetValue(argument)!), StringComparison.Ordinal));
        return query.Count == 0 ? at : at + "?" + string.Join('&', query.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value?.ToString() ?? "")}"));
    }
}
