using System.Net;

namespace Grid.Host.Options;

/// <summary>SMTP for what comes back.</summary>
/// <param name="Listen">Default 127.0.0.1:2525; port 0 lets the system choose.</param>
/// <param name="Domain">Domain of return paths and feedback addresses, lower case. Default bounces.localhost.</param>
/// <param name="TrustedProxies">Networks of proxies that begin each connection with a PROXY header, v1 or v2, which says whose it is. Default none.</param>
public sealed record InboundOptions(IPEndPoint Listen, string Domain, IReadOnlyList<IPNetwork> TrustedProxies)
{
    internal static InboundOptions Read(OptionsReader reader) => new(
        reader.Parse("Grid:Inbound:Listen", new(IPAddress.Loopback, 2525), "ADDRESS:PORT", (string text, out IPEndPoint value) => OptionTexts.TryEndPoint(text, out value)),
        reader.Parse("Grid:Inbound:Domain", "bounces.localhost", "a domain name", (string text, out string value) => OptionTexts.TryDomain(text, out value)),
        ProxyNetworks.Read(reader, "Grid:Inbound:TrustedProxies"));
}
