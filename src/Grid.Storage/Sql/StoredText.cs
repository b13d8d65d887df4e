namespace Grid.Storage.Sql;

/// <summary>
/// Text that every dialect can hold. Replies and addresses come from strangers: PostgreSQL refuses U+0000, and half of a surrogate
/// pair has no UTF-8 form; either would make a settlement fail for ever.
/// </summary>
internal static class StoredText
{
    /// <summary>The same text, or a copy in which U+0000 and lone surrogates are U+FFFD.</summary>
    public static string Clean(string text)
    {
        if (!text.Contains('\0') && !text.AsSpan().ContainsAnyInRange('\ud800', '\udfff'))
        {
            return text;
        }

        return string.Create(text.Length, text, static (chars, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                var c = source[i];
                var paired = char.IsHighSurrogate(c) ? i + 1 < source.Length && char.IsLowSurrogate(source[i + 1])
                    : !char.IsLowSurrogate(c) || (i > 0 && char.IsHighSurrogate(source[i - 1]));
                chars[i] = c == '\0' || !paired ? '\ufffd' : c;
            }
        });
    }
}
