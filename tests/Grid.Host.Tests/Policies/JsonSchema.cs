using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Grid.Host.Tests.Policies;

/// <summary>Checks values by the keywords of JSON Schema 2020-12 that the policies' schema uses; any other keyword is an error.</summary>
internal static class JsonSchema
{
    private static readonly string[] Annotations = ["$schema", "$id", "$defs", "title", "description"];

    /// <summary>Where the value breaks the schema; empty where it doesn't.</summary>
    public static IReadOnlyList<string> Faults(JsonObject schema, JsonNode? value) => [.. Check(schema, schema, value, "$")];

    private static IEnumerable<string> Check(JsonObject root, JsonObject schema, JsonNode? value, string path)
    {
        foreach (var (keyword, rule) in schema)
        {
            foreach (var fault in Keyword(root, schema, keyword, rule!, value, path))
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<string> Keyword(JsonObject root, JsonObject schema, string keyword, JsonNode rule, JsonNode? value, string path) => keyword switch
    {
        _ when Annotations.Contains(keyword) => [],
        "$ref" => Check(root, root["$defs"]![rule.GetValue<string>()["#/$defs/".Length..]]!.AsObject(), value, path),
        "type" => (rule is JsonArray types ? types.Select(t => t!.GetValue<string>()) : [rule.GetValue<string>()]).Contains(TypeOf(value)) ? [] : [$"{path}: is {TypeOf(value)}, not {rule.ToJsonString()}"],
        "enum" => rule.AsArray().Any(v => JsonNode.DeepEquals(v, value)) ? [] : [$"{path}: {value?.ToJsonString()} is none of them"],
        "pattern" => value is not JsonValue text || TypeOf(value) != "string" || Regex.IsMatch(text.GetValue<string>(), rule.GetValue<string>(), RegexOptions.ECMAScript) ? [] : [$"{path}: {value.ToJsonString()} doesn't match {rule}"],
        "minLength" => TypeOf(value) != "string" || value!.GetValue<string>().Length >= rule.GetValue<int>() ? [] : [$"{path}: too short"],
        "maxLength" => TypeOf(value) != "string" || value!.GetValue<string>().Length <= rule.GetValue<int>() ? [] : [$"{path}: too long"],
        "minItems" => value is not JsonArray few || few.Count >= rule.GetValue<int>() ? [] : [$"{path}: too few"],
        "maxItems" => value is not JsonArray many || many.Count <= rule.GetValue<int>() ? [] : [$"{path}: too many"],
        "minProperties" => value is not JsonObject small || small.Count >= rule.GetValue<int>() ? [] : [$"{path}: too few keys"],
        "maxProperties" => value is not JsonObject large || large.Count <= rule.GetValue<int>() ? [] : [$"{path}: too many keys"],
        "required" => value is not JsonObject map ? [] : rule.AsArray().Select(r => r!.GetValue<string>()).Where(r => !map.ContainsKey(r)).Select(r => $"{path}: {r} is missing"),
        "items" => value is not JsonArray list ? [] : list.SelectMany((item, i) => Check(root, rule.AsObject(), item, $"{path}[{i}]")),
        "properties" => value is not JsonObject known ? [] : rule.AsObject().Where(p => known.ContainsKey(p.Key)).SelectMany(p => Check(root, p.Value!.AsObject(), known[p.Key], $"{path}.{p.Key}")),
        "additionalProperties" => value is not JsonObject all ? [] : all.Where(p => schema["properties"]?[p.Key] is null).Select(p => $"{path}: there is no {p.Key}"),
        "anyOf" => rule.AsArray().Any(one => !Check(root, one!.AsObject(), value, path).Any()) ? [] : [$"{path}: fits none of {rule.AsArray().Count}"],
        _ => throw new InvalidOperationException($"the schema uses {keyword}, which this check doesn't know"),
    };

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.Object => "object",
        System.Text.Json.JsonValueKind.Array => "array",
        System.Text.Json.JsonValueKind.String => "string",
        System.Text.Json.JsonValueKind.Number => "number",
        System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => "boolean",
        _ => "null",
    };
}
