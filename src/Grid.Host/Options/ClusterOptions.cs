using System.Net;

namespace Grid.Host.Options;

/// <summary>This process among the grid's others, where it runs on Microsoft Orleans; the embedded engine has no others.</summary>
/// <param name="Listen">Address and port at which the others reach this process; an address of this machine, not 0.0.0.0. Default 127.0.0.1:11111.</param>
public sealed record ClusterOptions(IPEndPoint Listen)
{
    internal static ClusterOptions Read(OptionsReader reader) => new(
        reader.Parse("Grid:Cluster:Listen", new(IPAddress.Loopback, 11_111), "ADDRESS:PORT at which the other processes reach this one", (string text, out IPEndPoint value) =>
            OptionTexts.TryEndPoint(text, out value) && value.Port > 0 && !value.Address.Equals(IPAddress.Any) && !value.Address.Equals(IPAddress.IPv6Any)));
}
