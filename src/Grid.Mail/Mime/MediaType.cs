namespace Grid.Mail.Mime;

/// <summary>Media types given for attachments, read strictly.</summary>
internal static class MediaType
{
    private const int MaxLength = 250;

    /// <summary><c>type/subtype</c> and well-formed parameters in printable ASCII; no multipart, no message/partial or external-body.</summary>
    public static bool IsValid(string text)
    {
        if (text.Length is 0 or > MaxLength || text.AsSpan().IndexOfAnyExceptInRange(' ', '~') >= 0)
        {
            return false;
        }

        var rest = text.AsSpan();
        var end = rest.IndexOf(';');
        var type = (end < 0 ? rest : rest[..end]).TrimEnd(' ');
        var slash = type.IndexOf('/');
        return slash > 0 && IsToken(type[..slash]) && IsToken(type[(slash + 1)..])
            && !type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase)
            && !type.Equals("message/partial", StringComparison.OrdinalIgnoreCase)
            && !type.Equals("message/external-body", StringComparison.OrdinalIgnoreCase)
            && AreParameters(end < 0 ? default : rest[(end + 1)..]);
    }

    private static bool AreParameters(ReadOnlySpan<char> rest)
    {
        while (true)
        {
            rest = rest.Trim(' ');
            if (rest.Length == 0)
            {
                return true;
            }

            var equals = rest.IndexOf('=');
            if (equals <= 0 || !IsToken(rest[..equals]))
            {
                return false;
            }

            rest = rest[(equals + 1)..];
            var length = rest.StartsWith('"') ? QuotedLength(rest) : rest.IndexOfAny(' ', ';') is >= 0 and var stop ? stop : rest.Length;
            if (length <= 0 || (rest[0] != '"' && !IsToken(rest[..length])))
            {
                return false;
            }

            rest = rest[length..].TrimStart(' ');
            if (rest.Length > 0 && rest[0] != ';')
            {
                return false;
            }

            rest = rest.Length > 0 ? rest[1..] : rest;
        }
    }

    private static int QuotedLength(ReadOnlySpan<char> text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                return i + 1;
            }

            i += text[i] == '\\' ? 1 : 0;
        }

        return 0;
    }

    private static bool IsToken(ReadOnlySpan<char> text) => text.Length > 0 && text.IndexOfAnyExcept(Characters.Token) < 0;
}
