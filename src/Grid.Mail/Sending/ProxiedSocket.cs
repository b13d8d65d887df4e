using System.Net;
using System.Net.Sockets;
using Grid.Core.Vocabulary;

namespace Grid.Mail.Sending;

/// <summary>
/// Connects by way of a sending IP's proxy. In: the proxy, the sending IP, the receiver's endpoint. Out: a socket on which the proxy was told
/// of both; what comes next on it is the receiver's. Fails with a <see cref="SocketException"/> where the proxy can't be reached.
/// </summary>
internal static class ProxiedSocket
{
    private const int MostAddresses = 4;

    public static async ValueTask<Socket> ConnectAsync(HostPort proxy, IPAddress source, IPEndPoint receiver, CancellationToken cancellationToken)
    {
        // The operator names it: the system may know it by its hosts file.
        var addresses = IPAddress.TryParse(proxy.Host, out var literal) ? [literal] : await System.Net.Dns.GetHostAddressesAsync(proxy.Host, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < addresses.Length; i++)
        {
            var socket = new Socket(addresses[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(addresses[i], proxy.Port, cancellationToken).ConfigureAwait(false);
                await socket.SendAsync(ProxyHeader.Write(new(source, 0), receiver), cancellationToken).ConfigureAwait(false);
                return socket;
            }
            catch (SocketException) when (i + 1 < Math.Min(addresses.Length, MostAddresses))
            {
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw new SocketException((int)SocketError.HostNotFound);
    }
}
