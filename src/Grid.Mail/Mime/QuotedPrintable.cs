using System.Buffers;

namespace Grid.Mail.Mime;

/// <summary>Quoted-printable by RFC 2045 section 6.7.</summary>
internal static class QuotedPrintable
{
    private const int MaxLineLength = 76;
    private const string HexDigits = "0123456789ABCDEF";

    private static readonly SearchValues<byte> Literal =
        SearchValues.Create([.. Enumerable.Range(33, 94).Where(static c => c != '=').Select(static c => (byte)c), (byte)' ', (byte)'\t']);

    /// <summary>Length of the encoded form, soft line breaks aside: enough to choose between encodings.</summary>
    public static int EstimateLength(ReadOnlySpan<byte> text)
    {
        var length = text.Length;
        while (true)
        {
            var index = text.IndexOfAnyExcept(Literal);
            if (index < 0)
            {
                return length;
            }

            length += text[index] is (byte)'\r' or (byte)'\n' ? 0 : 2;
            text = text[(index + 1)..];
        }
    }

    /// <summary>Encodes text with CRLF line ends. CR and LF that are no line end are encoded, as are a line's trailing blank,
    /// "From " at its start, and a lone dot.</summary>
    public static void Encode(ReadOnlySpan<byte> text, MimeBuffer to)
    {
        while (text.Length > 0)
        {
            var end = text.IndexOf("\r\n"u8);
            var line = end < 0 ? text : text[..end];
            EncodeLine(line, to);
            if (end < 0)
            {
                return;
            }

            to.Write("\r\n"u8);
            text = text[(end + 2)..];
        }
    }

    /// <summary>Decodes; what is not quoted-printable passes as it is. The result is never longer than the input.</summary>
    public static int Decode(ReadOnlySpan<byte> encoded, Span<byte> to)
    {
        var written = 0;
        while (encoded.Length > 0)
        {
            var escape = encoded.IndexOf((byte)'=');
            var plain = escape < 0 ? encoded : encoded[..escape];
            written += CopyWithoutTrailingBlanks(plain, to[written..], atEnd: escape < 0);
            if (escape < 0)
            {
                break;
            }

            encoded = encoded[escape..];
            if (TryHex(encoded, out var value))
            {
                to[written++] = value;
                encoded = encoded[3..];
            }
            else
            {
                var skip = SoftBreakLength(encoded);
                if (skip == 0)
                {
                    to[written++] = (byte)'=';
                    skip = 1;
                }

                encoded = encoded[skip..];
            }
        }

        return written;
    }

    private static void EncodeLine(ReadOnlySpan<byte> line, MimeBuffer to)
    {
        var column = 0;
        for (var i = 0; i < line.Length;)
        {
            // A run that may stand as it is, as far as this line of output goes (one column is kept for a soft break).
            var room = MaxLineLength - 1 - column;
            var run = line[i..];
            var plain = run.IndexOfAnyExcept(Literal) is >= 0 and var special ? special : run.Length;
            if (plain > 0 && (i > 0 || !MustHideStart(line)))
            {
                var isLast = i + plain == line.Length;
                if (isLast && Characters.IsBlank(line[^1]))
                {
                    plain--;
                }

                if (plain > 0)
                {
                    if (room <= 0)
                    {
                        to.Write("=\r\n"u8);
                        column = 0;
                        room = MaxLineLength - 1;
                    }

                    var take = Math.Min(plain, room);
                    to.Write(run[..take]);
                    column += take;
                    i += take;
                    continue;
                }
            }

            if (room < 3)
            {
                to.Write("=\r\n"u8);
                column = 0;
            }

            WriteHex(line[i++], to);
            column += 3;
        }
    }

    private static bool MustHideStart(ReadOnlySpan<byte> line) => line.StartsWith("From "u8) || line is [(byte)'.'];

    private static void WriteHex(byte value, MimeBuffer to)
    {
        var span = to.GetSpan(3);
        span[0] = (byte)'=';
        span[1] = (byte)HexDigits[value >> 4];
        span[2] = (byte)HexDigits[value & 15];
        to.Advance(3);
    }

    private static bool TryHex(ReadOnlySpan<byte> text, out byte value)
    {
        value = 0;
        if (text.Length < 3 || !char.IsAsciiHexDigit((char)text[1]) || !char.IsAsciiHexDigit((char)text[2]))
        {
            return false;
        }

        value = (byte)((HexValue(text[1]) << 4) | HexValue(text[2]));
        return true;
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private static int SoftBreakLength(ReadOnlySpan<byte> text)
    {
        var i = 1;
        while (i < text.Length && Characters.IsBlank(text[i]))
        {
            i++;
        }

        if (i == text.Length)
        {
            return i;
        }

        return text[i] == '\n' ? i + 1 : text[i] == '\r' ? i + (i + 1 < text.Length && text[i + 1] == '\n' ? 2 : 1) : 0;
    }

    /// <summary>Blanks before a line end were added in transport (RFC 2045 section 6.7, rule 3).</summary>
    private static int CopyWithoutTrailingBlanks(ReadOnlySpan<byte> plain, Span<byte> to, bool atEnd)
    {
        var written = 0;
        while (plain.Length > 0)
        {
            var end = plain.IndexOfAny((byte)'\r', (byte)'\n');
            var line = end < 0 ? plain : plain[..end];
            var kept = end >= 0 || atEnd ? line.TrimEnd(" \t"u8) : line;
            kept.CopyTo(to[written..]);
            written += kept.Length;
            if (end < 0)
            {
                break;
            }

            to[written++] = plain[end];
            plain = plain[(end + 1)..];
        }

        return written;
    }
}
