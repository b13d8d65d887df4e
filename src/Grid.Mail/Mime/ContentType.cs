using System.Text;

namespace Grid.Mail.Mime;

/// <summary>A structured MIME value: a media type or a disposition, and its parameters (RFC 2045, RFC 2183, RFC 2231), read tolerantly.</summary>
public sealed class ContentType
{
    /// <summary>Parameters read from one value; further ones are ignored.</summary>
    public const int MaxParameters = 100;

    private readonly Dictionary<string, string> parameters;

    private ContentType(string value, Dictionary<string, string> parameters)
    {
        Value = value;
        this.parameters = parameters;
    }

    /// <summary>What a part without a Content-Type is (RFC 2045 section 5.2).</summary>
    public static ContentType Default { get; } = new("text/plain", []);

    /// <summary>Lower case, without parameters: <c>multipart/report</c>, <c>attachment</c>.</summary>
    public string Value { get; }

    public bool IsMultipart => Value.StartsWith("multipart/", StringComparison.Ordinal);

    public bool IsText => Value.StartsWith("text/", StringComparison.Ordinal);

    /// <summary>A part that holds a message: message/rfc822, message/global. (message/partial and delivery-status do not.)</summary>
    public bool IsMessage => Value is "message/rfc822" or "message/global" or "message/news";

    /// <summary>A parameter by its name in any case, decoded; null where there is none.</summary>
    public string? this[string name] => parameters.GetValueOrDefault(name);

    /// <summary>Reads a header's value; never fails.</summary>
    public static ContentType Parse(string text)
    {
        var rest = WithoutComments(text).AsSpan();
        var end = rest.IndexOf(';');
        var value = FirstWord((end < 0 ? rest : rest[..end]).Trim()).ToString().ToLowerInvariant();
        var raw = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        rest = end < 0 ? default : rest[(end + 1)..];
        while (rest.Length > 0 && raw.Count < MaxParameters)
        {
            rest = ReadParameter(rest, raw);
        }

        return new(value, ParameterValues.Join(raw));
    }

    /// <summary>The semicolon before the first parameter is missing now and then.</summary>
    private static ReadOnlySpan<char> FirstWord(ReadOnlySpan<char> value) => value.IndexOfAny(" \t\r\n") is > 0 and var end ? value[..end] : value;

    private static ReadOnlySpan<char> ReadParameter(ReadOnlySpan<char> rest, Dictionary<string, string> raw)
    {
        rest = rest.TrimStart(" \t\r\n;");
        var stop = rest.IndexOfAny('=', ';');
        if (stop < 0)
        {
            return default;
        }

        var name = rest[..stop].Trim().ToString();
        if (rest[stop] == ';')
        {
            return rest[(stop + 1)..];
        }

        rest = rest[(stop + 1)..].TrimStart();
        string value;
        if (rest.StartsWith('"'))
        {
            rest = ReadQuoted(rest[1..], out value);
        }
        else
        {
            var end = rest.IndexOf(';');
            value = (end < 0 ? rest : rest[..end]).Trim().ToString();
            rest = end < 0 ? default : rest[end..];
        }

        raw.TryAdd(name, value);
        return rest;
    }

    private static ReadOnlySpan<char> ReadQuoted(ReadOnlySpan<char> rest, out string value)
    {
        var content = new StringBuilder();
        var i = 0;
        for (; i < rest.Length && rest[i] != '"'; i++)
        {
            if (rest[i] == '\\' && i + 1 < rest.Length)
            {
                i++;
            }

            content.Append(rest[i]);
        }

        value = content.ToString();
        return i < rest.Length ? rest[(i + 1)..] : default;
    }

    private static string WithoutComments(string text)
    {
        if (!text.Contains('('))
        {
            return text;
        }

        var content = new StringBuilder(text.Length);
        var depth = 0;
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && i + 1 < text.Length)
            {
                content.Append(depth == 0 ? text.AsSpan(i, 2) : default);
                i++;
                continue;
            }

            quoted ^= c == '"' && depth == 0;
            if (!quoted && c == '(')
            {
                depth++;
            }

            if (depth == 0)
            {
                content.Append(c);
            }

            if (!quoted && c == ')' && depth > 0)
            {
                depth--;
            }
        }

        return content.ToString();
    }
}
