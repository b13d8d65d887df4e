using System.Net;

namespace Grid.Host.Api.Access;

/// <summary>What one proxy says of the request that it got.</summary>
/// <param name="From">Who asked it; null where it doesn't tell, or what it tells can't be read.</param>
/// <param name="Scheme">http or https; null where it doesn't tell.</param>
internal readonly record struct ForwardedHop(IPAddress? From, string? Scheme)
{
    /// <summary>An address as proxies write it: with or without a port, IPv6 in brackets or without; a mapped IPv4 address in its own form.</summary>
    public static IPAddress? Address(string text)
    {
        var end = text.StartsWith('[') ? text.IndexOf(']') : text.IndexOf(':') is var colon && colon == text.LastIndexOf(':') ? colon : -1;
        var (host, rest) = text.StartsWith('[')
            ? (end > 0 ? text[1..end] : "", end > 0 ? text[(end + 1)..] : "")
            : (end > 0 ? text[..end] : text, end > 0 ? text[end..] : "");
        var isPort = rest.Length == 0 || (rest.Length is > 1 and <= 6 && rest[0] == ':' && rest.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0);
        return isPort && host.Length <= 45 && Options.OptionTexts.TryAddress(host, out var address) ? address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address : null;
    }

    /// <summary>http or https; null for all else.</summary>
    public static string? SchemeOf(string text) =>
        text.Equals("https", StringComparison.OrdinalIgnoreCase) ? "https" : text.Equals("http", StringComparison.OrdinalIgnoreCase) ? "http" : null;
}
