using System.Net;
using Grid.Host.Options;

namespace Grid.Host.Webhooks;

/// <summary>
/// Which URLs a webhook may have. What can be told from the text is refused when it is given; where the name leads is checked at each delivery.
/// </summary>
public static class WebhookUrl
{
    /// <summary>Longest URL, in characters.</summary>
    public const int MaxLength = 2000;

    private const int FirstUnprivilegedPort = 1024;

    /// <summary>Names that lead into the machine's own network, wherever it stands.</summary>
    private static readonly string[] LocalSuffixes = [".localhost", ".local", ".internal", ".intranet", ".lan", ".home", ".corp", ".private", ".home.arpa"];

    /// <summary>The URL, and why it may not be; exactly one of them is null. The fault ends the sentence "must …".</summary>
    public static (Uri? Url, string? Fault) Read(string? text, WebhookOptions options)
    {
        var schemes = options.AllowHttp ? "http or https" : "https";
        if (string.IsNullOrWhiteSpace(text) || text.Length > MaxLength || text.Any(c => c <= ' ' || c == '\\' || c > '~')
            || !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0)
        {
            return Refuse($"be a {schemes} URL of at most {MaxLength} ASCII characters");
        }

        if (url.Scheme != Uri.UriSchemeHttps && !(options.AllowHttp && url.Scheme == Uri.UriSchemeHttp))
        {
            return Refuse($"be a URL with {schemes}");
        }

        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            return Refuse("have no user, password or fragment");
        }

        if (!IsWrittenPlainly(text, url))
        {
            return Refuse($"name its host plainly; as it stands it would be {url.Host}");
        }

        return HostFault(url, options) is { } fault ? Refuse(fault) : (url, null);
    }

    private static string? HostFault(Uri url, WebhookOptions options)
    {
        var host = url.IdnHost;
        if (IPAddress.TryParse(host, out var address))
        {
            return AddressRule.Fault(address, options.AllowPrivate) is { } fault ? $"lead to a public address; {fault}" : null;
        }

        if (options.AllowPrivate)
        {
            return null;
        }

        if (url.Port is not (80 or 443) && url.Port < FirstUnprivilegedPort)
        {
            return $"have port 80, 443, or one from {FirstUnprivilegedPort}";
        }

        // A name that ends in a number is an address to some resolvers: 127.0.0.1. (with its dot).
        var name = "." + host.TrimEnd('.').ToLowerInvariant();
        return name.LastIndexOf('.') == 0 || char.IsAsciiDigit(name[name.LastIndexOf('.') + 1]) || LocalSuffixes.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal))
            ? "name a host of the public Internet"
            : null;
    }

    /// <summary>False for a host that the parser reads as another than what is written: 2130706433, 0x7f.1, 0177.0.0.1, escapes, odd Unicode.</summary>
    private static bool IsWrittenPlainly(string text, Uri url)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = text.IndexOfAny(['/', '?', '#'], start);
        var authority = end < 0 ? text[start..] : text[start..end];
        var port = authority.EndsWith(']') ? -1 : authority.LastIndexOf(':');
        var host = port < 0 ? authority : authority[..port];
        return string.Equals(host, url.Host, StringComparison.OrdinalIgnoreCase)
            || (host.StartsWith('[') && IPAddress.TryParse(host.Trim('[', ']'), out var written) && IPAddress.TryParse(url.IdnHost, out var read) && written.Equals(read));
    }

    private static (Uri?, string?) Refuse(string fault) => (null, fault);
}
