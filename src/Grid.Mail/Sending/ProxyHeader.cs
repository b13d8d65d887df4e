using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Grid.Mail.Sending;

/// <summary>The PROXY protocol's header, version 2: what a proxy is told before the first byte of the conversation.</summary>
public static class ProxyHeader
{
    private const byte VersionAndProxy = 0x21;
    private const byte TcpOverIp4 = 0x11;
    private const byte TcpOverIp6 = 0x21;
    private const int Fixed = 16;

    private static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <summary>The header for a TCP connection; both ends are of one address family.</summary>
    /// <param name="source">Where the connection is to come from; port 0 leaves that to the proxy.</param>
    /// <param name="destination">Where it is to go.</param>
    public static byte[] Write(IPEndPoint source, IPEndPoint destination)
    {
        if (source.AddressFamily != destination.AddressFamily || source.AddressFamily is not (AddressFamily.InterNetwork or AddressFamily.InterNetworkV6))
        {
            throw new ArgumentException("Both ends must be of one address family.", nameof(source));
        }

        var from = source.Address.GetAddressBytes();
        var header = new byte[Fixed + (2 * from.Length) + 4];
        Signature.CopyTo(header);
        header[12] = VersionAndProxy;
        header[13] = from.Length == 4 ? TcpOverIp4 : TcpOverIp6;
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(14), (ushort)(header.Length - Fixed));
        from.CopyTo(header, Fixed);
        destination.Address.GetAddressBytes().CopyTo(header, Fixed + from.Length);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(Fixed + (2 * from.Length)), (ushort)source.Port);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(Fixed + (2 * from.Length) + 2), (ushort)destination.Port);
        return header;
    }
}
