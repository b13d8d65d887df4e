using System.CommandLine;
using System.Text.Json.Nodes;
using Grid.Client;

namespace Grid.Cli.Commands;

/// <summary>A call as a command sees it. In: a path and fields. Out: arguments and options; and, of what was given for them, the request.</summary>
internal sealed class CallShape
{
    private readonly HttpMethod _method;
    private readonly CallPath _path;
    private readonly List<Argument<string>> _arguments;
    private readonly List<(CallField Field, Symbol Symbol)> _fields;
    private readonly Option<string?> _tenant = Verbs.Text("--tenant", "This tenant's, with the operator's key; without it those of the key's own tenant");
    private readonly Option<bool> _platform = new("--platform") { Description = "The platform's own, with the operator's key" };

    public CallShape(HttpMethod method, CallPath path, CallField[] fields)
    {
        (_method, _path) = (method, path);
        _arguments = [.. path.Own.Split('/').Where(part => part.StartsWith('{')).Select(part => Verbs.Word(part.Trim('{', '}'), $"The {part.Trim('{', '}')}"))];
        _fields = [.. fields.OrderByDescending(field => field.Kind == CallFieldKind.Word).Select(field => (field, SymbolOf(field)))];
    }

    /// <summary>Arguments, then options.</summary>
    public IReadOnlyList<Symbol> Symbols =>
        [.. _arguments, .. _fields.Select(each => each.Symbol), .. _path.OfTenant is null ? (Symbol[])[] : [_tenant], .. _path.OfPlatform is null ? (Symbol[])[] : [_platform]];

    /// <summary>The request; files are read.</summary>
    public async Task<GridRequest> RequestAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (body, query, reason) = (new JsonObject(), new JsonObject(), (string?)null);
        foreach (var (field, symbol) in _fields.OrderByDescending(field => field.Field.Kind == CallFieldKind.Whole))
        {
            var value = await ValueAsync(session, field, symbol, parsed, cancellationToken);
            switch (field.Kind)
            {
                case CallFieldKind.Header:
                    reason = value?.GetValue<string>();
                    break;
                case CallFieldKind.Whole:
                    body = value as JsonObject ?? body;
                    break;
                case CallFieldKind.Query:
                    Body.Put(query, field.Name, value);
                    break;
                default:
                    Body.Put(HasBody ? body : query, field.Name, value);
                    break;
            }
        }

        return new(_method, At(parsed, query)) { Body = HasBody ? body.ToJsonString() : null, Reason = reason };
    }

    private bool HasBody => _method != HttpMethod.Get && _method != HttpMethod.Delete;

    private static Symbol SymbolOf(CallField field)
    {
        if (field.Kind == CallFieldKind.Word)
        {
            var word = Verbs.Word(field.Name, field.Words);
            return field.OneOf is null ? word : word.AcceptOnlyFromAmong(field.OneOf);
        }

        var name = field.Option ?? "--" + string.Concat(field.Name[(field.Name.LastIndexOf('.') + 1)..].Select(c => char.IsUpper(c) ? "-" + char.ToLowerInvariant(c) : c.ToString()));
        var text = new Option<string?>(name) { Description = field.Words, Required = field.Needed };
        return field.Kind switch
        {
            CallFieldKind.Flag => new Option<bool>(name) { Description = field.Words, Required = field.Needed },
            CallFieldKind.Number => new Option<decimal?>(name) { Description = field.Words, Required = field.Needed },
            CallFieldKind.Several => new Option<string[]>(name) { Description = field.Words, Required = field.Needed, AllowMultipleArgumentsPerToken = true },
            _ => field.OneOf is null ? text : text.AcceptOnlyFromAmong(field.OneOf),
        };
    }

    private static async Task<JsonNode?> ValueAsync(Session session, CallField field, Symbol symbol, ParseResult parsed, CancellationToken cancellationToken)
    {
        switch (symbol)
        {
            case Argument<string> word:
                return parsed.GetValue(word);
            case Option<bool> flag:
                return parsed.GetValue(flag) ? true : null;
            case Option<decimal?> number:
                return parsed.GetValue(number);
            case Option<string[]> several:
                return parsed.GetValue(several) is { Length: > 0 } values ? new JsonArray([.. values.Select(value => (JsonNode)value)]) : null;
            case Option<string?> text when parsed.GetValue(text) is { } value:
                return field.Kind switch
                {
                    CallFieldKind.Whole or CallFieldKind.Json => Body.Parse(await session.ReadAsync(value, cancellationToken)),
                    CallFieldKind.Long when value == "-" || value.StartsWith('@') => await session.ReadAsync(value == "-" ? value : value[1..], cancellationToken),
                    _ => value,
                };
            default:
                return null;
        }
    }

    private string At(ParseResult parsed, JsonObject query)
    {
        var (tenant, ofPlatform) = (_path.OfTenant is null ? null : parsed.GetValue(_tenant), _path.OfPlatform is not null && parsed.GetValue(_platform));
        if (tenant is not null && ofPlatform)
        {
            throw new UsageException("--tenant and --platform exclude each other");
        }

        var path = ofPlatform ? _path.OfPlatform! : tenant is null ? _path.Own : _path.OfTenant!.Replace("{tenant}", Verbs.Part(tenant), StringComparison.Ordinal);
        var at = _arguments.Aggregate(path, (text, argument) => text.Replace($"{{{argument.Name}}}", Verbs.Part(parsed.GetValue(argument)!), StringComparison.Ordinal));
        var pairs = from pair in query
                    from value in pair.Value is JsonArray several ? several.AsEnumerable() : [pair.Value]
                    select $"{pair.Key}={Uri.EscapeDataString(value is JsonValue flag && flag.TryGetValue(out bool _) ? "true" : value?.ToString() ?? "")}";
        return query.Count == 0 ? at : at + "?" + string.Join('&', pairs);
    }
}
