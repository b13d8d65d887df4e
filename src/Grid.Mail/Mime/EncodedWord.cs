using System.Text;

namespace Grid.Mail.Mime;

/// <summary>Encoded words of RFC 2047: text beyond ASCII in headers.</summary>
public static class EncodedWord
{
    /// <summary>Replaces the encoded words of a header's text by what they say. What is not a valid one stays as it is.</summary>
    public static string Decode(string text)
    {
        if (!text.Contains("=?", StringComparison.Ordinal))
        {
            return text;
        }

        var decoded = new StringBuilder(text.Length);
        var pending = new List<byte>();
        string? charset = null;
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            var start = rest.IndexOf("=?", StringComparison.Ordinal);
            if (start < 0)
            {
                break;
            }

            var between = rest[..start];
            if (!TryRead(rest[start..], out var word))
            {
                Flush(decoded, pending, charset);
                decoded.Append(rest[..(start + 2)]);
                rest = rest[(start + 2)..];
                charset = null;
                continue;
            }

            // Between two encoded words blanks are no text, and a character may be cut in two by the border.
            var adjacent = charset is not null && between.IsWhiteSpace();
            if (!adjacent || !string.Equals(charset, word.Charset, StringComparison.OrdinalIgnoreCase))
            {
                Flush(decoded, pending, charset);
            }

            if (!adjacent)
            {
                decoded.Append(between);
            }

            charset = word.Charset;
            pending.AddRange(word.Bytes);
            rest = rest[(start + word.Length)..];
        }

        Flush(decoded, pending, charset);
        return decoded.Append(rest).ToString();
    }

    private static void Flush(StringBuilder to, List<byte> pending, string? charset)
    {
        if (pending.Count > 0)
        {
            to.Append(Charset.Decode(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(pending), charset));
            pending.Clear();
        }
    }

    private static bool TryRead(ReadOnlySpan<char> text, out (string Charset, byte[] Bytes, int Length) word)
    {
        word = default;

        // "=?charset?e?": charsets and languages are short; a bound keeps a text of many "=?" linear.
        var charsetEnd = text[2..Math.Min(text.Length, 80)].IndexOf('?') + 2;
        if (charsetEnd <= 2 || charsetEnd + 3 > text.Length || text[charsetEnd + 2] != '?')
        {
            return false;
        }

        var payload = text[(charsetEnd + 3)..];
        var window = payload[..Math.Min(payload.Length, 4096)];
        var end = window.IndexOf("?=", StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        var charset = text[2..charsetEnd];
        if (charset.IndexOf('*') is > 0 and var language)
        {
            charset = charset[..language];
        }

        byte[]? bytes = (text[charsetEnd + 1] | 0x20) switch
        {
            'b' => DecodeB(payload[..end]),
            'q' => DecodeQ(payload[..end]),
            _ => null,
        };
        word = (charset.ToString(), bytes ?? [], charsetEnd + 3 + end + 2);
        return bytes is not null;
    }

    private static byte[] DecodeB(ReadOnlySpan<char> payload)
    {
        var encoded = Encoding.Latin1.GetBytes(payload.ToArray());
        var bytes = new byte[encoded.Length];
        return bytes[..Base64Text.Decode(encoded, bytes)];
    }

    private static byte[] DecodeQ(ReadOnlySpan<char> payload)
    {
        var encoded = Encoding.UTF8.GetBytes(payload.ToArray());
        encoded.AsSpan().Replace((byte)'_', (byte)' ');
        var bytes = new byte[encoded.Length + 1];

        // The sentinel keeps trailing blanks, which in an encoded word are text.
        byte[] guarded = [.. encoded, (byte)'.'];
        return bytes[..(QuotedPrintable.Decode(guarded, bytes) - 1)];
    }
}
