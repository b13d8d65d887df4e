using System.Text;

namespace Grid.Host.Api.Access;

/// <summary>
/// Reads the field <c>Forwarded</c> (RFC 7239, 4). Nothing that is written badly is guessed at: an element with such a pair tells nothing, as a
/// client may begin a quotation mark that swallows what its proxy adds.
/// </summary>
internal static class ForwardedField
{
    /// <summary>The elements of the field's lines, first to last.</summary>
    public static IEnumerable<ForwardedHop> Read(IEnumerable<string?> lines) =>
        lines.SelectMany(line => Split(line ?? "", ',')).Where(element => !string.IsNullOrWhiteSpace(element)).Select(Hop);

    private static ForwardedHop Hop(string element)
    {
        string? from = null, scheme = null;
        foreach (var pair in Split(element, ';').Select(pair => pair.Trim()).Where(pair => pair.Length > 0))
        {
            var equals = pair.IndexOf('=');
            if (equals <= 0 || Value(pair[(equals + 1)..]) is not { } value)
            {
                return default;
            }

            switch (pair[..equals].ToLowerInvariant())
            {
                case "for" when from is null:
                    from = value;
                    break;
                case "proto" when scheme is null:
                    scheme = value;
                    break;
                case "for" or "proto":
                    return default;
            }
        }

        return new(from is null ? null : ForwardedHop.Address(from), scheme is null ? null : ForwardedHop.SchemeOf(scheme));
    }

    /// <summary>A token, or what a quoted string says; null for anything else.</summary>
    private static string? Value(string text)
    {
        if (!text.StartsWith('"'))
        {
            return text.Length > 0 && text.AsSpan().IndexOfAny(" \t\"\\") < 0 ? text : null;
        }

        var value = new StringBuilder();
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                return i == text.Length - 1 ? value.ToString() : null;
            }

            if (text[i] == '\\' && ++i == text.Length)
            {
                return null;
            }

            value.Append(text[i]);
        }

        return null;
    }

    /// <summary>At each separator that stands outside of quotation marks.</summary>
    private static IEnumerable<string> Split(string text, char separator)
    {
        var (start, isQuoted) = (0, false);
        for (var i = 0; i < text.Length; i++)
        {
            if (isQuoted && text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (text[i] == separator && !isQuoted)
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }
}
