using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Grid.Mail.Mime;

/// <summary>Domain names in the form that DNS and SMTP carry: lower-case ASCII, international labels as A-labels (RFC 5890).</summary>
internal static class DomainName
{
    /// <summary>Longest name in characters, without the root's dot (RFC 1035).</summary>
    public const int MaxLength = 253;

    private const int MaxLabelLength = 63;

    private static readonly IdnMapping Mapping = new() { AllowUnassigned = false, UseStd3AsciiRules = true };

    /// <summary>
    /// The ASCII form of a host name: labels of 1 to 63 letters, digits and inner hyphens. False for anything else, an address
    /// literal and a name whose last label is a number (an IPv4 address) included.
    /// </summary>
    public static bool TryToAscii(ReadOnlySpan<char> name, [NotNullWhen(true)] out string? ascii)
    {
        ascii = null;
        if (name.Length is 0 or > MaxLength)
        {
            return false;
        }

        if (!Ascii.IsValid(name))
        {
            return TryMap(name.ToString(), out ascii) && IsHostName(ascii);
        }

        if (!IsHostName(name))
        {
            return false;
        }

        ascii = string.Create(name.Length, name, static (chars, from) => Ascii.ToLower(from, chars, out _));
        return true;
    }

    private static bool TryMap(string name, [NotNullWhen(true)] out string? ascii)
    {
        try
        {
            ascii = Mapping.GetAscii(name.ToLowerInvariant()).ToLowerInvariant();
            return true;
        }
        catch (ArgumentException)
        {
            // The only way in which IdnMapping says that a name is not one.
            ascii = null;
            return false;
        }
    }

    private static bool IsHostName(ReadOnlySpan<char> name)
    {
        if (name.Length > MaxLength)
        {
            return false;
        }

        var isNumber = false;
        foreach (var range in name.Split('.'))
        {
            var label = name[range];
            if (label.Length is 0 or > MaxLabelLength || label[0] == '-' || label[^1] == '-')
            {
                return false;
            }

            isNumber = true;
            foreach (var c in label)
            {
                if (!char.IsAsciiLetterOrDigit(c) && c != '-')
                {
                    return false;
                }

                isNumber &= char.IsAsciiDigit(c);
            }
        }

        return !isNumber;
    }
}
