using System.Globalization;
using System.Net;
using System.Text;

namespace Grid.Mail.Dns;

/// <summary>Names in the text form that the resolver uses: lower case ASCII, labels joined with dots, no dot at the end; "" is the root.</summary>
public static class DnsName
{
    /// <summary>Longest name on the wire, lengths and root included, in octets (RFC 1035 2.3.4).</summary>
    internal const int MaxOctets = 255;

    /// <summary>Longest label, in octets.</summary>
    internal const int MaxLabelOctets = 63;

    /// <summary>Reads a name: visible ASCII without quotes and backslashes, a dot at the end allowed. False when it can't be asked for.</summary>
    public static bool TryParse(string text, out string name)
    {
        name = (text.EndsWith('.') ? text[..^1] : text).ToLowerInvariant();
        return name.Length is > 0 and <= MaxOctets - 2
            && name.All(static c => c is > ' ' and < '\u007f' and not '\\' and not '"')
            && name.Split('.').All(static label => label.Length is > 0 and <= MaxLabelOctets);
    }

    /// <summary>True for the name of a host that mail may be sent to: labels of letters, digits, hyphens and underscores.</summary>
    public static bool IsHost(string name) =>
        TryParse(name, out _) && name.Split('.').All(static label =>
            label[0] != '-' && label[^1] != '-' && label.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));

    /// <summary>True where <paramref name="name"/> is <paramref name="zone"/> or below it; everything is below the root.</summary>
    public static bool IsWithin(string name, string zone) =>
        zone.Length == 0 || name == zone || (name.EndsWith(zone, StringComparison.Ordinal) && name[^(zone.Length + 1)] == '.');

    /// <summary>The name under which an address has its PTR record (RFC 1035 3.5, RFC 3596 2.5).</summary>
    public static string Reverse(IPAddress address)
    {
        var octets = address.GetAddressBytes();
        var name = new StringBuilder(72);
        for (var i = octets.Length - 1; i >= 0; i--)
        {
            if (octets.Length == 4)
            {
                name.Append(CultureInfo.InvariantCulture, $"{octets[i]}.");
            }
            else
            {
                name.Append(CultureInfo.InvariantCulture, $"{octets[i] & 15:x}.{octets[i] >> 4:x}.");
            }
        }

        return name.Append(octets.Length == 4 ? "in-addr.arpa" : "ip6.arpa").ToString();
    }
}
