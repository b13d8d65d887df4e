using System.Net;
using System.Net.Sockets;

namespace Grid.System.Tests.Beds;

/// <summary>Ports on loopback below those that the system gives to outgoing connections, each handed out once a run.</summary>
internal static class FreePort
{
    private const int First = 20_000;
    private const int Count = 10_000;

    private static int _last = Random.Shared.Next(Count);

    public static int Next()
    {
        for (var tries = 0; tries < Count; tries++)
        {
            var port = First + (Interlocked.Increment(ref _last) % Count);
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Any, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken by someone else: the next one.
            }
        }

        throw new InvalidOperationException($"no free port from {First} to {First + Count}");
    }
}
