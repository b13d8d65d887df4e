using System.Globalization;
using System.Text;

namespace Grid.Mail.Feedback;

/// <summary>The encoding of ENVID and ORCPT (RFC 3461, 4), and of addresses beyond ASCII within it (RFC 6533, 3).</summary>
public static class Xtext
{
    /// <summary>Decodes; null where the result isn't printable ASCII: it is to stand in a header field.</summary>
    public static string? Decode(ReadOnlySpan<char> text)
    {
        var decoded = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '+')
            {
                if (i + 2 >= text.Length || !byte.TryParse(text.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
                {
                    return null;
                }

                c = (char)value;
                i += 2;
            }

            if (c is < ' ' or > '~')
            {
                return null;
            }

            decoded.Append(c);
        }

        return decoded.ToString();
    }

    /// <summary>Writes every character beyond ASCII as <c>\x{HEX}</c>, so that the text goes anywhere (RFC 6533's utf-8-addr-xtext).</summary>
    public static string Embed(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var embedded = new StringBuilder(text.Length * 2);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii)
            {
                embedded.Append((char)rune.Value);
            }
            else
            {
                embedded.Append(CultureInfo.InvariantCulture, $"\\x{{{rune.Value:X}}}");
            }
        }

        return embedded.ToString();
    }
}
