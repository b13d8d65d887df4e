#if ENGINE_ORLEANS
using System.Net;
using System.Net.Sockets;
#endif
using Orleans.Hosting;

namespace Grid.Bench.Engine;

/// <summary>What the engine needs to run by itself: the embedded one nothing, Microsoft Orleans a cluster of one on a free port.</summary>
internal static class EngineSilo
{
#if ENGINE_ORLEANS
    public const string Name = "Microsoft Orleans";

    public static void Configure(ISiloBuilder silo)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var endpoint = (IPEndPoint)probe.LocalEndpoint;
        silo.UseDevelopmentClustering(endpoint).ConfigureEndpoints(endpoint.Address, endpoint.Port, gatewayPort: 0);
    }
#else
    public const string Name = "the embedded engine";

    public static void Configure(ISiloBuilder silo)
    {
    }
#endif
}
