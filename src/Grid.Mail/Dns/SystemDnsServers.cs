using System.Net;

namespace Grid.Mail.Dns;

/// <summary>The resolvers that the system is configured with.</summary>
public static class SystemDnsServers
{
    private const string File = "/etc/resolv.conf";
    private const int Port = 53;

    /// <summary>As in resolv.conf, or the resolver of this machine where there is none.</summary>
    public static IReadOnlyList<IPEndPoint> Read() =>
        System.IO.File.Exists(File) && Parse(System.IO.File.ReadLines(File)) is { Count: > 0 } servers ? servers : [new(IPAddress.Loopback, Port)];

    /// <summary>Reads the lines of a resolv.conf; the first three servers count, as with the C library.</summary>
    internal static IReadOnlyList<IPEndPoint> Parse(IEnumerable<string> lines) =>
    [
        .. lines.Select(line => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length >= 2 && words[0] == "nameserver")
            .Select(words => IPAddress.TryParse(words[1], out var address) ? address : null)
            .OfType<IPAddress>().Take(3).Select(address => new IPEndPoint(address, Port)),
    ];
}
