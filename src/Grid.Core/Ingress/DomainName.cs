using System.Globalization;

namespace Grid.Core.Ingress;

/// <summary>Domain names in one form: lower case ASCII, international labels as A-labels (RFC 5890), no dot at the end.</summary>
public static class DomainName
{
    /// <summary>Longest name in characters (RFC 1035).</summary>
    public const int MaxLength = 253;

    // A-labels of unassigned characters are left to DNS; underscores occur in names that receive mail.
    private static readonly IdnMapping Idn = new() { AllowUnassigned = true, UseStd3AsciiRules = false };
    private static readonly System.Buffers.SearchValues<char> Letters = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>The one form of a name; false for what is no domain name: empty labels, labels over 63 or names over 253 characters, other characters.</summary>
    public static bool TryNormalise(ReadOnlySpan<char> name, out string normal)
    {
        normal = "";
        if (name.Length is 0 or > MaxLength + 1)
        {
            return false;
        }

        var ascii = UnicodeForm.Compatible(name.ToString()).ToLowerInvariant().Replace('\u3002', '.');
        ascii = ascii.EndsWith('.') ? ascii[..^1] : ascii;
        if (!System.Text.Ascii.IsValid(ascii) && !TryAscii(ascii, out ascii))
        {
            return false;
        }

        if (ascii.Length is 0 or > MaxLength || !AreLabels(ascii))
        {
            return false;
        }

        normal = ascii;
        return true;
    }

    private static bool TryAscii(string name, out string ascii)
    {
        try
        {
            ascii = Idn.GetAscii(name).ToLowerInvariant();
            return true;
        }
        catch (ArgumentException)
        {
            // The one way in which IdnMapping says that a name has none.
            ascii = "";
            return false;
        }
    }

    private static bool AreLabels(ReadOnlySpan<char> name)
    {
        foreach (var range in name.Split('.'))
        {
            var label = name[range];
            if (label.Length is 0 or > 63 || label.ContainsAnyExcept(Letters) || label[0] == '-' || label[^1] == '-')
            {
                return false;
            }
        }

        return true;
    }
}
