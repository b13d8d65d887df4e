using System.Text;

namespace Grid.Mail.Mime;

/// <summary>Text as UTF-8 with CRLF line ends.</summary>
internal static class TextLines
{
    /// <summary>Encodes; CRLF, LF and CR each end a line. A lone surrogate becomes U+FFFD.</summary>
    public static void Write(ReadOnlySpan<char> text, MimeBuffer to)
    {
        while (text.Length > 0)
        {
            var end = text.IndexOfAny('\r', '\n');
            var line = end < 0 ? text : text[..end];
            to.Advance(Encoding.UTF8.GetBytes(line, to.GetSpan(Encoding.UTF8.GetMaxByteCount(line.Length))));
            if (end < 0)
            {
                return;
            }

            to.Write("\r\n"u8);
            text = text[(text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? end + 2 : end + 1)..];
        }
    }

    /// <summary>Bytes with their bare CR and LF turned into CRLF.</summary>
    public static void Normalize(ReadOnlySpan<byte> bytes, MimeBuffer to)
    {
        while (bytes.Length > 0)
        {
            var end = bytes.IndexOfAny((byte)'\r', (byte)'\n');
            if (end < 0)
            {
                to.Write(bytes);
                return;
            }

            to.Write(bytes[..end]);
            to.Write("\r\n"u8);
            bytes = bytes[(bytes[end] == '\r' && end + 1 < bytes.Length && bytes[end + 1] == '\n' ? end + 2 : end + 1)..];
        }
    }

    /// <summary>Whether ASCII text occurs in bytes.</summary>
    public static bool Contains(this ReadOnlySpan<byte> bytes, string ascii)
    {
        Span<byte> sought = stackalloc byte[ascii.Length];
        Encoding.ASCII.GetBytes(ascii, sought);
        return bytes.IndexOf(sought) >= 0;
    }
}
