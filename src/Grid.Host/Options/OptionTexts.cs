using System.Globalization;
using System.Net;
using Grid.Core.Vocabulary;

namespace Grid.Host.Options;

/// <summary>Text forms of option values.</summary>
public static class OptionTexts
{
    /// <summary>The rule of a switch.</summary>
    public const string BooleanRule = "true or false";

    /// <summary>Longest domain name, in characters (RFC 1035 2.3.4).</summary>
    private const int MaxDomainLength = 253;

    /// <summary><c>192.0.2.1:25</c> or <c>[2001:db8::1]:25</c>; the port is written out, 0 lets the system choose.</summary>
    public static bool TryEndPoint(string text, out IPEndPoint value)
    {
        value = new(IPAddress.None, 0);
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !TryPort(text[(colon + 1)..], out var port))
        {
            return false;
        }

        var host = text[..colon];
        var bracketed = host.StartsWith('[') && host.EndsWith(']');
        if (!TryAddress(bracketed ? host[1..^1] : host, out var address)
            || bracketed != (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6))
        {
            return false;
        }

        value = new(address, port);
        return true;
    }

    /// <summary>An IPv4 address with all four numbers, or an IPv6 address without a zone.</summary>
    public static bool TryAddress(string text, out IPAddress value)
    {
        value = IPAddress.None;
        var plausible = text.Contains(':', StringComparison.Ordinal) ? !text.Contains('%', StringComparison.Ordinal) : text.Count(c => c == '.') == 3;
        if (!plausible || !IPAddress.TryParse(text, out var parsed))
        {
            return false;
        }

        value = parsed;
        return true;
    }

    /// <summary>CIDR, or one address.</summary>
    public static bool TryNetwork(string text, out IPNetwork value)
    {
        value = default;
        if (text.Contains('/', StringComparison.Ordinal))
        {
            return IPNetwork.TryParse(text, out value);
        }

        if (!TryAddress(text, out var address))
        {
            return false;
        }

        value = new(address, address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128);
        return true;
    }

    /// <summary>A host name in its ASCII form, lower-cased: labels of letters, digits, hyphens and underscores, 1 to 63 long, 253 in all.</summary>
    public static bool TryDomain(string text, out string value)
    {
        value = text.ToLowerInvariant();
        return value.Length is > 0 and <= MaxDomainLength && value.Split('.').All(IsLabel);
    }

    /// <summary>A host name or an address.</summary>
    public static bool TryHost(string text, out string value)
    {
        if (TryAddress(text, out var address))
        {
            value = address.ToString();
            return true;
        }

        return TryDomain(text, out value);
    }

    /// <summary>none, opportunistic or required.</summary>
    public static bool TryTls(string text, out TlsMode value) =>
        Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0]);

    /// <summary>An http or https URL of a host and perhaps a port, without path, query or user.</summary>
    public static bool TryUrl(string text, out Uri value) =>
        Uri.TryCreate(text, UriKind.Absolute, out value!) && value.Scheme is "http" or "https"
        && value is { UserInfo: "", Query: "", Fragment: "" };

    private static bool TryPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= IPEndPoint.MaxPort;

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
