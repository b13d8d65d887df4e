using System.Text.Json;
using System.Text.Json.Nodes;

namespace Grid.Cli.Commands;

/// <summary>Puts requests together.</summary>
internal static class Body
{
    /// <summary>An object from a file.</summary>
    public static JsonObject Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject ?? throw new UsageException("the file must hold a JSON object");
        }
        catch (JsonException e)
        {
            throw new UsageException($"the file must hold JSON: {e.Message}");
        }
    }

    /// <summary>Sets a field where there is a value; a dot leads into an object.</summary>
    public static void Set(JsonObject body, string path, string? value) => Put(body, path, value is null ? null : JsonValue.Create(value));

    /// <inheritdoc cref="Set(JsonObject, string, string?)" />
    public static void Set(JsonObject body, string path, int? value) => Put(body, path, value is null ? null : JsonValue.Create(value));

    /// <inheritdoc cref="Set(JsonObject, string, string?)" />
    public static void Set(JsonObject body, string path, IReadOnlyCollection<string>? values) =>
        Put(body, path, values is not { Count: > 0 } ? null : new JsonArray([.. values.Select(value => (JsonNode)JsonValue.Create(value)!)]));

    /// <summary>Sets a field where there is a value; a dot leads into an object.</summary>
    public static void Put(JsonObject body, string path, JsonNode? value)
    {
        if (value is null)
        {
            return;
        }

        var names = path.Split('.');
        foreach (var name in names[..^1])
        {
            if (body[name] is not JsonObject inner)
            {
                body[name] = inner = [];
            }

            body = inner;
        }

        body[names[^1]] = value;
    }
}
