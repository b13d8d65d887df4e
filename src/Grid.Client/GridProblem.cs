using System.Globalization;
using System.Text.Json.Nodes;

namespace Grid.Client;

/// <summary>Why the grid refused (RFC 9457).</summary>
/// <param name="Type">urn:grid:problem:NAME, stable.</param>
/// <param name="Errors">Every fault of the request, as field and words.</param>
/// <param name="Figures">What a policy's refusal was judged on.</param>
public sealed record GridProblem(
    int Status,
    string Type,
    string Title,
    string Detail,
    string? Policy,
    int? PolicyVersion,
    string? Clause,
    IReadOnlyList<KeyValuePair<string, string>> Errors,
    IReadOnlyDictionary<string, decimal> Figures)
{
    internal static GridProblem Of(GridAnswer answer)
    {
        var json = answer.Json as JsonObject;
        return new(
            answer.Status,
            Text(json, "type") ?? "about:blank",
            Text(json, "title") ?? string.Create(CultureInfo.InvariantCulture, $"The grid answered {answer.Status}"),
            Text(json, "detail") ?? "",
            Text(json, "policy"),
            json?["policyVersion"] is JsonValue version && version.TryGetValue(out int number) ? number : null,
            Text(json, "clause"),
            [.. (json?["errors"] as JsonArray ?? []).OfType<JsonObject>().Select(error => KeyValuePair.Create(Text(error, "field") ?? "", Text(error, "message") ?? ""))],
            (json?["figures"] as JsonObject)?.Where(f => f.Value is JsonValue).Select(f => (f.Key, Has: f.Value!.AsValue().TryGetValue(out decimal value), Value: value))
                .Where(f => f.Has).ToDictionary(f => f.Key, f => f.Value) ?? []);
    }

    private static string? Text(JsonObject? json, string name) => json?[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
