using System.Text.Json;
using System.Text.Json.Nodes;

namespace Grid.Cli.Tests.Parity;

/// <summary>Sets what a grid answered against its API's document.</summary>
internal sealed class Answers(JsonNode document)
{
    private readonly IReadOnlyList<Operation> _operations = Operation.Of(document);

    /// <summary>What the document doesn't say of an answer; null where it says all.</summary>
    public string? Fault(Call call)
    {
        if (Operation.Find(_operations, call.Method, call.Path) is not { } operation)
        {
            return null;
        }

        var response = document["paths"]![operation.Path]![call.Method.ToLowerInvariant()]!["responses"]![call.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)];
        var fault = response is null ? "isn't told of"
            : call is { Answer: { } answer, MediaType: { } type } && response["content"]?[type] is var kind ? (kind is null ? $"is {call.MediaType}, which isn't told of" : Fault(kind["schema"], answer, ""))
            : null;
        return fault is null ? null : $"{operation.Name} {call.Status} {fault}";
    }

    private string? Fault(JsonNode? schema, JsonNode? value, string at)
    {
        if (schema?["$ref"]?.GetValue<string>() is { } reference)
        {
            return Fault(reference.TrimStart('#', '/').Split('/').Aggregate(document, (node, name) => node[name]!), value, at);
        }

        if (schema is not JsonObject told)
        {
            return null;
        }

        if (told["oneOf"] is JsonArray several)
        {
            return several.Select(one => Fault(one, value, at)).OrderBy(fault => fault?.Length ?? 0).First();
        }

        var types = told["type"] is JsonArray all ? [.. all.Select(type => type!.GetValue<string>())] : told["type"] is { } one ? new[] { one.GetValue<string>() } : [];
        if (types.Length > 0 && !types.Any(type => type == KindOf(value) || (type == "number" && KindOf(value) == "integer")))
        {
            return $"{at} is {KindOf(value)}, not {string.Join(" or ", types)}";
        }

        if (told["enum"] is JsonArray names && !names.Any(name => JsonNode.DeepEquals(name, value)))
        {
            return $"{at} is {value}, which isn't told of";
        }

        return value switch
        {
            JsonObject fields => OfObject(told, fields, at),
            JsonArray items => items.Select((item, i) => Fault(told["items"], item, $"{at}[{i}]")).FirstOrDefault(fault => fault is not null),
            _ => null,
        };
    }

    private string? OfObject(JsonObject told, JsonObject fields, string at)
    {
        var properties = told["properties"] as JsonObject;
        return (told["required"] as JsonArray ?? []).Select(name => name!.GetValue<string>()).Where(name => !fields.ContainsKey(name)).Select(name => $"{at}.{name} is absent")
            .Concat(properties is null || told["additionalProperties"] is not null ? [] : fields.Where(field => !properties.ContainsKey(field.Key)).Select(field => $"{at}.{field.Key} isn't told of"))
            .Concat(fields.Select(field => Fault(properties?[field.Key] ?? told["additionalProperties"], field.Value, $"{at}.{field.Key}")).OfType<string>())
            .FirstOrDefault();
    }

    private static string KindOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Array => "array",
        JsonValueKind.Object => "object",
        _ => value!.ToJsonString().Contains('.', StringComparison.Ordinal) ? "number" : "integer",
    };
}
