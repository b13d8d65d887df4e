using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Grid.Mail.Dns;

/// <summary>
/// Asks over the network: each question from a socket of its own, whose port the system picks at random (RFC 6056) and which only
/// hears that server. Over UDP, messages that don't answer the question are passed over, at most 32 of them.
/// </summary>
internal sealed class DnsSockets(TimeProvider clock) : IDnsExchange
{
    private const int MostForeign = 32;

    public async ValueTask<DnsReply> AskAsync(IPEndPoint server, DnsQuery query, bool overTcp, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(overTcp ? ushort.MaxValue : 4096);
        try
        {
            return overTcp ? await OverTcpAsync(server, query, buffer, either.Token).ConfigureAwait(false) : await OverUdpAsync(server, query, buffer, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(null, $"{server} did not answer in time", Silent: true);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return new(null, $"{server}: {e.Message}", Silent: true);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async ValueTask<DnsReply> OverUdpAsync(IPEndPoint server, DnsQuery query, byte[] buffer, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, cancellationToken).ConfigureAwait(false);
        await socket.SendAsync(query.Message, SocketFlags.None, cancellationToken).ConfigureAwait(false);
        for (var foreign = 0; foreign < MostForeign; foreign++)
        {
            var count = await socket.ReceiveAsync(buffer.AsMemory(), SocketFlags.None, cancellationToken).ConfigureAwait(false);
            switch (DnsMessageReader.Read(buffer.AsSpan(0, count), query, out var message))
            {
                case DnsFault.None:
                    return new(message);
                case DnsFault.OtherCase:
                    return new(null, $"{server} repeats the question in another case", RetryOverTcp: true);
                case DnsFault.Malformed:
                    return new(null, $"{server} sent a message that can't be read", RetryOverTcp: true);
                case DnsFault.Foreign:
                    break;
                default:
                    throw new InvalidOperationException("no such fault");
            }
        }

        return new(null, $"{server} sent {MostForeign} messages that answer no question", RetryOverTcp: true);
    }

    private static async ValueTask<DnsReply> OverTcpAsync(IPEndPoint server, DnsQuery query, byte[] buffer, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server, cancellationToken).ConfigureAwait(false);
        await using var stream = new NetworkStream(socket);
        var framed = new byte[query.Message.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)query.Message.Length);
        query.Message.CopyTo(framed.AsMemory(2));
        await stream.WriteAsync(framed, cancellationToken).ConfigureAwait(false);
        await stream.ReadExactlyAsync(buffer.AsMemory(0, 2), cancellationToken).ConfigureAwait(false);
        var length = BinaryPrimitives.ReadUInt16BigEndian(buffer);
        await stream.ReadExactlyAsync(buffer.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
        return DnsMessageReader.Read(buffer.AsSpan(0, length), query, out var message) switch
        {
            DnsFault.None or DnsFault.OtherCase => new(message),
            DnsFault.Foreign => new(null, $"{server} answered another question over TCP"),
            DnsFault.Malformed => new(null, $"{server} sent a message over TCP that can't be read"),
            var other => throw new InvalidOperationException($"no such fault: {other}"),
        };
    }
}
