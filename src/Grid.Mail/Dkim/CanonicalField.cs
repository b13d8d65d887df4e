using System.Text;
using Grid.Mail.Mime;

namespace Grid.Mail.Dkim;

/// <summary>A header field in canonical form (RFC 6376 section 3.4.1 and 3.4.2), its line end included.</summary>
internal static class CanonicalField
{
    /// <param name="field">One whole field, with its folds and its line end.</param>
    public static void Write(ReadOnlySpan<byte> field, bool relaxed, MimeBuffer to)
    {
        if (relaxed)
        {
            Relaxed(field, to);
        }
        else
        {
            to.Write(field);
        }
    }

    private static void Relaxed(ReadOnlySpan<byte> field, MimeBuffer to)
    {
        var colon = field.IndexOf((byte)':');
        var name = field[..Math.Max(colon, 0)].TrimEnd(" \t"u8);
        Ascii.ToLower(name, to.GetSpan(name.Length), out var written);
        to.Advance(written);
        to.Write((byte)':');
        var value = field[(colon + 1)..];
        var isFirst = true;
        while (true)
        {
            value = value.TrimStart(" \t\r\n"u8);
            if (value.Length == 0)
            {
                break;
            }

            if (!isFirst)
            {
                to.Write((byte)' ');
            }

            var end = value.IndexOfAny(" \t\r\n"u8);
            var word = end < 0 ? value : value[..end];
            to.Write(word);
            value = value[word.Length..];
            isFirst = false;
        }

        to.Write("\r\n"u8);
    }
}
