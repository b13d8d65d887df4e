using System.Net;

namespace Grid.Host.Options;

/// <summary>Where API, console and metrics are served.</summary>
/// <param name="Urls">As Kestrel takes them, at least one. Default http://127.0.0.1:8080.</param>
/// <param name="TrustedProxies">Networks of proxies whose word on their clients' addresses counts. Default none.</param>
/// <param name="Header">The header that they write; the other one, which they may pass on from anybody, is not looked at. Default X-Forwarded-For.</param>
public sealed record HttpOptions(IReadOnlyList<string> Urls, IReadOnlyList<IPNetwork> TrustedProxies, ForwardedHeader Header)
{
    private const string Default = "http://127.0.0.1:8080";

    /// <summary>The first URL as a client on this machine would write it.</summary>
    internal Uri FirstUrl => OptionTexts.TryUrl(Reachable(Urls[0]), out var url) ? url : new Uri(Default);

    internal static HttpOptions Read(OptionsReader reader)
    {
        const string Key = "Grid:Http:Urls";
        var urls = (reader.Text(Key) ?? Default).Split([';', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var url in urls.Where(url => !OptionTexts.TryUrl(Reachable(url), out var parsed) || parsed.AbsolutePath != "/"))
        {
            reader.Refuse(Key, "http or https URLs with a semicolon between them", url);
        }

        return new(
            urls.Length > 0 ? urls : [Default],
            ProxyNetworks.Read(reader, "Grid:Http:TrustedProxies"),
            reader.Parse("Grid:Http:ForwardedHeader", ForwardedHeader.XForwardedFor, "X-Forwarded-For or Forwarded", (string text, out ForwardedHeader value) =>
            {
                value = text.Equals("Forwarded", StringComparison.OrdinalIgnoreCase) ? ForwardedHeader.Forwarded : ForwardedHeader.XForwardedFor;
                return value == ForwardedHeader.Forwarded || text.Equals("X-Forwarded-For", StringComparison.OrdinalIgnoreCase);
            }));
    }

    private static string Reachable(string url) => url
        .Replace("://*", "://localhost", StringComparison.Ordinal)
        .Replace("://+", "://localhost", StringComparison.Ordinal)
        .Replace("://0.0.0.0", "://127.0.0.1", StringComparison.Ordinal)
        .Replace("://[::]", "://[::1]", StringComparison.Ordinal);
}
