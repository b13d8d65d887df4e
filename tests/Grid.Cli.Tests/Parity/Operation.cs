using System.Text.Json.Nodes;

namespace Grid.Cli.Tests.Parity;

/// <summary>One operation of the API's document.</summary>
/// <param name="Name">Such as <c>PUT /v1/ips/{ip}</c>.</param>
/// <param name="Query">What its query may hold.</param>
/// <param name="Fields">What its body may hold: the names of a JSON object, with a dot where one leads into another; none where the body is no single object.</param>
internal sealed record Operation(string Name, string Method, string Path, IReadOnlySet<string> Query, IReadOnlySet<string> Fields)
{
    /// <summary>All of a document.</summary>
    public static IReadOnlyList<Operation> Of(JsonNode document) =>
    [
        .. from path in document["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           let method = operation.Key.ToUpperInvariant()
           select new Operation($"{method} {path.Key}", method, path.Key, QueryOf(operation.Value!), FieldsOf(document, operation.Value!)),
    ];

    /// <summary>The one that a request is answered by, as the host's routes have it: words before names.</summary>
    public static Operation? Find(IReadOnlyList<Operation> operations, string method, string path) =>
        operations.Where(operation => operation.Method == method && operation.Fits(path)).MinBy(operation => string.Concat(operation.Path.Split('/').Select(part => part.StartsWith('{') ? '1' : '0')), StringComparer.Ordinal);

    private bool Fits(string path)
    {
        var (wanted, given) = (Path.Split('/'), path.Split('/'));
        return wanted.Length == given.Length && wanted.Zip(given).All(pair => pair.First == pair.Second || (pair.First.StartsWith('{') && pair.Second.Length > 0));
    }

    private static HashSet<string> QueryOf(JsonNode operation) =>
        [.. (operation["parameters"] as JsonArray ?? []).Where(parameter => parameter!["in"]!.GetValue<string>() == "query").Select(parameter => parameter!["name"]!.GetValue<string>())];

    private static HashSet<string> FieldsOf(JsonNode document, JsonNode operation)
    {
        var fields = new HashSet<string>();
        if (operation["requestBody"]?["content"]?["application/json"]?["schema"] is { } schema)
        {
            Walk(document, schema, "", fields);
        }

        return fields;
    }

    private static void Walk(JsonNode document, JsonNode schema, string prefix, HashSet<string> fields)
    {
        foreach (var (name, property) in Object(document, schema)?["properties"] as JsonObject ?? [])
        {
            if (Object(document, property!)?["properties"] is not null && prefix.Length == 0)
            {
                Walk(document, property!, name + ".", fields);
            }
            else
            {
                fields.Add(prefix + name);
            }
        }
    }

    /// <summary>A schema behind references and alternatives to null.</summary>
    private static JsonNode? Object(JsonNode document, JsonNode schema) =>
        schema["$ref"]?.GetValue<string>() is { } reference ? Object(document, reference.TrimStart('#', '/').Split('/').Aggregate(document, (node, name) => node[name]!))
        : schema["oneOf"] is JsonArray several ? several.Select(one => Object(document, one!)).FirstOrDefault(one => one?["properties"] is not null)
        : schema;
}
