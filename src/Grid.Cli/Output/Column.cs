using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Grid.Cli.Output;

/// <summary>One value of an answer, and how it is shown.</summary>
/// <param name="Title">Above the column.</param>
/// <param name="Path">Names with dots between.</param>
/// <param name="AsPercent">A fraction, shown as a percentage.</param>
public sealed record Column(string Title, string Path, bool AsPercent = false)
{
    /// <summary>TITLE=path, or TITLE=path% for a fraction; a path alone is its own title.</summary>
    public static Column Parse(string text)
    {
        var percent = text.EndsWith('%');
        var plain = text.TrimEnd('%');
        var equals = plain.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? new(plain, plain, percent) : new(plain[..equals], plain[(equals + 1)..], percent);
    }

    /// <summary>The value in a row, safe to show; "" where there is none.</summary>
    public string Of(JsonNode? row)
    {
        foreach (var name in Path.Split('.'))
        {
            row = (row as JsonObject)?[name];
        }

        return Show(row, AsPercent);
    }

    /// <summary>Any value on one line, safe to show.</summary>
    public static string Show(JsonNode? value, bool asPercent = false) => value switch
    {
        null => "",
        JsonValue number when asPercent && number.TryGetValue(out decimal fraction) => (fraction * 100).ToString("0.####", CultureInfo.InvariantCulture) + " %",
        JsonValue text when text.GetValueKind() == JsonValueKind.String => Safe.Text(text.GetValue<string>()),
        JsonArray array => string.Join(", ", array.Select(item => Show(item))),
        JsonObject fields => string.Join(", ", fields.Select(field => $"{Safe.Text(field.Key)}={Show(field.Value)}")),
        _ => value.ToJsonString(),
    };
}
