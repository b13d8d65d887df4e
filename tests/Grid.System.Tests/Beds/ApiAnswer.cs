using System.Net.Http.Headers;
using System.Text.Json;

namespace Grid.System.Tests.Beds;

/// <summary>What the HTTP interface answered. Status 0: no answer was had.</summary>
public sealed record ApiAnswer(int Status, string Text, HttpResponseHeaders? Headers)
{
    private JsonElement? _json;

    public JsonElement Json => _json ??= JsonDocument.Parse(Text).RootElement;

    /// <summary>A value by its path, such as <c>counters.delivered</c> or <c>recipients.0.state</c>; undefined where it isn't there.</summary>
    public JsonElement At(string path) => path.Split('.').Aggregate(Json, Step);

    /// <summary>A string by its path; empty where it isn't there.</summary>
    public string TextAt(string path) => At(path) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : "";

    /// <summary>A whole number by its path; -1 where it isn't there.</summary>
    public long NumberAt(string path) => At(path) is { ValueKind: JsonValueKind.Number } value ? value.GetInt64() : -1;

    /// <inheritdoc />
    public override string ToString() => $"{Status} {(Text.Length <= 600 ? Text : Text[..600] + "…")}";

    private static JsonElement Step(JsonElement from, string name) => from.ValueKind switch
    {
        JsonValueKind.Object when from.TryGetProperty(name, out var property) => property,
        JsonValueKind.Array when int.TryParse(name, out var index) && index < from.GetArrayLength() => from[index],
        _ => default,
    };
}
