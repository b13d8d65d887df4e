using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>Reads JSON requests strictly: what is unknown, doubled or of the wrong kind is refused by name.</summary>
public static partial class JsonRequest
{
    /// <summary>Largest request but for messages, in bytes.</summary>
    public const int MaxSmallBytes = 1024 * 1024;

    /// <summary>What is named where no field can be.</summary>
    public const string WholeBody = "body";

    /// <summary>What a reader's <see cref="InvalidOperationException"/> means for whoever wrote the JSON.</summary>
    internal static FieldError NoUnicode { get; } = new(WholeBody, "the text is not valid Unicode");

    /// <summary>Reads the whole body as one value. Exactly one of the results is null.</summary>
    /// <param name="maxBytes">Larger bodies are answered 413.</param>
    public static async ValueTask<(T? Value, Problem? Problem)> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type, int maxBytes = MaxSmallBytes)
        where T : class
    {
        if (context.Request.ContentType is { } media && !IsJson(media))
        {
            return (null, Problem.WrongType("application/json"));
        }

        using var body = await RequestBody.ReadAsync(context, maxBytes);
        if (body is null)
        {
            return (null, Problem.TooLarge(maxBytes));
        }

        return TryRead(body.Bytes.Span, type, out var value, out var error) ? (value, null) : (null, Problem.Malformed(error));
    }

    /// <summary>Reads one value from the whole of some JSON.</summary>
    public static bool TryRead<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type, [NotNullWhen(true)] out T? value, [NotNullWhen(false)] out FieldError? error)
        where T : class
    {
        value = null;
        error = new(WholeBody, "null is no value here");
        try
        {
            value = JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException fault)
        {
            error = Explain(fault);
        }
        catch (InvalidOperationException)
        {
            error = NoUnicode;
        }

        return value is not null;
    }

    /// <summary>What a parser's complaint means for whoever wrote the JSON.</summary>
    public static FieldError Explain(JsonException fault)
    {
        var path = Shorten(fault.Path?.TrimStart('$').TrimStart('.') ?? "");
        if (Unmapped().Match(fault.Message) is { Success: true } unmapped)
        {
            var name = Shorten(unmapped.Groups[1].Value);
            var field = path.Length == 0 || path == name || path.EndsWith("." + name, StringComparison.Ordinal) ? path.Length == 0 ? name : path : $"{path}.{name}";
            return new(field, "there is no such field");
        }

        if (Duplicate().Match(fault.Message) is { Success: true } duplicate)
        {
            return new(path.Length == 0 ? Shorten(duplicate.Groups[1].Value) : path, "the field is given twice");
        }

        return fault.Message.Contains("could not be converted", StringComparison.Ordinal)
            ? new(path.Length == 0 ? WholeBody : path, "the value is of the wrong kind, or no valid Unicode")
            : new(path.Length == 0 ? WholeBody : path, $"this is not JSON: near line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}");
    }

    private static bool IsJson(string media)
    {
        var type = media.AsSpan();
        var end = type.IndexOf(';');
        type = (end < 0 ? type : type[..end]).Trim();
        return type.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    private static string Shorten(string text) => text.Length <= 200 ? text : text[..200] + "…";

    [GeneratedRegex("^The JSON property '(.{0,300})' could not be mapped")]
    private static partial Regex Unmapped();

    [GeneratedRegex("^Duplicate property '(.{0,300})'")]
    private static partial Regex Duplicate();
}
