using System.Net;

namespace Grid.Host.Options;

/// <summary>SMTP submission for tenants.</summary>
/// <param name="Listen">Default 127.0.0.1:2587; port 0 lets the system choose.</param>
/// <param name="Trusted">Networks whose clients need no AUTH; where several match, the longest prefix counts.</param>
/// <param name="TrustedProxies">Networks of proxies that begin each connection with a PROXY header, v1 or v2, which says whose it is. Default none.</param>
public sealed record SubmissionOptions(IPEndPoint Listen, IReadOnlyList<TrustedNetwork> Trusted, IReadOnlyList<IPNetwork> TrustedProxies)
{
    internal static SubmissionOptions Read(OptionsReader reader) => new(
        reader.Parse("Grid:Submission:Listen", new(IPAddress.Loopback, 2587), "ADDRESS:PORT", (string text, out IPEndPoint value) => OptionTexts.TryEndPoint(text, out value)),
        TrustedNetwork.ReadAll(reader),
        ProxyNetworks.Read(reader, "Grid:Submission:TrustedProxies"));
}
