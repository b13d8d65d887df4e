using System.Globalization;
using System.Text;

namespace Grid.Cli.Output;

/// <summary>Makes text from outside harmless for a terminal: tenants, receivers and reporters write it.</summary>
public static class Safe
{
    /// <summary>The same text with everything written out that a terminal would obey: controls as \u001b, and what turns the direction of writing.</summary>
    public static string Text(string text)
    {
        if (!text.Any(IsDangerous))
        {
            return text;
        }

        var safe = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (IsDangerous(c))
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
            else
            {
                safe.Append(c);
            }
        }

        return safe.ToString();
    }

    private static bool IsDangerous(char c) =>
        char.IsControl(c) || c is '\u2028' or '\u2029' or '\u061c' or '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\ufeff';
}
