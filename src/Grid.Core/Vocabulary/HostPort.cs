using System.Globalization;
using System.Net;

namespace Grid.Core.Vocabulary;

/// <summary>A host and a port: "proxy.example:1024", "192.0.2.1:1024" or "[2001:db8::1]:1024".</summary>
/// <param name="Host">A name in lower case, or an address.</param>
/// <param name="Port">1 to 65,535.</param>
public sealed record HostPort(string Host, int Port)
{
    /// <summary>The rule, as it ends the sentence "must be …".</summary>
    public const string Rule = "HOST:PORT, such as proxy.example:1024 or [2001:db8::1]:1024";

    private const int MaxName = 253;

    /// <summary>Reads the text form; null where it is none.</summary>
    public static HostPort? Parse(string? text)
    {
        if (text is null || text.LastIndexOf(':') is not (> 0 and var colon)
            || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > IPEndPoint.MaxPort)
        {
            return null;
        }

        var host = text[..colon].ToLowerInvariant();
        if (host.StartsWith('[') && host.EndsWith(']'))
        {
            return !host.Contains('%') && IPAddress.TryParse(host[1..^1], out var six) && six.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? new(six.ToString(), port) : null;
        }

        // What ends in a number is an address, and must be a whole one.
        var labels = host.Split('.');
        return labels[^1].Length > 0 && labels[^1].All(char.IsAsciiDigit) ? labels.Length == 4 && IPAddress.TryParse(host, out var four) ? new(four.ToString(), port) : null
            : host.Length <= MaxName && labels.All(IsLabel) ? new(host, port) : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':') ? $"[{Host}]" : Host)}:{Port}");

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
