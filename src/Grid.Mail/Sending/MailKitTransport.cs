using System.Net;
using System.Net.Sockets;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using MailKit.Security;

namespace Grid.Mail.Sending;

/// <summary>
/// Connections by MailKit's SMTP client. It sends byte for byte what Grid's own client sends, with the same time-outs for whole steps; it does
/// not begin a message before the last one is answered, so that each costs three round trips more.
/// </summary>
public sealed class MailKitTransport(SmtpTimeouts timeouts, HostWalk hosts, TimeProvider clock) : IMailTransport
{
    /// <inheritdoc />
    public ValueTask<OpenedConnection> OpenAsync(SiteRoute route, string sourceIp, string ehlo, string? proxy, CancellationToken cancellationToken) =>
        hosts.OpenAsync(route, sourceIp, ehlo, proxy, ConnectAsync, cancellationToken);

    private async ValueTask<OpenedConnection> ConnectAsync(SmtpTarget target, CancellationToken cancellationToken)
    {
        var wayOut = WayOutFault.None;
        var last = new SmtpReply(0, "", "the receiver has no address that can be reached from this source address");
        foreach (var endpoint in target.Endpoints.Where(e => target.Source is null || e.AddressFamily == target.Source.AddressFamily).Take(SmtpTarget.MaxEndpoints))
        {
            var opened = await TryAsync(target, endpoint, target.Tls, cancellationToken).ConfigureAwait(false);
            if (opened.PlaintextMayFollow)
                opened = await TryAsync(target, endpoint, TlsMode.None, cancellationToken).ConfigureAwait(false);

            cancellationToken.ThrowIfCancellationRequested();
            if (opened.Failure is not { } reason)
                return new(opened.Connection, null);

            (last, wayOut) = (reason, opened.WayOut);
            if (reason.Code != 0 || wayOut == WayOutFault.Down)
                break;
        }

        return new(null, last) { WayOut = wayOut };
    }

    private async ValueTask<(MailKitConnection? Connection, SmtpReply? Failure, bool PlaintextMayFollow, WayOutFault WayOut)> TryAsync(
        SmtpTarget target, IPEndPoint endpoint, TlsMode mode, CancellationToken cancellationToken)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var client = new MailKitClient(target.Ehlo, PeerCheck.Of(target, mode));
        using var patience = new MailKitPatience(clock, cancellationToken);
        var wayOut = target.Proxy is null ? WayOutFault.None : WayOutFault.Down;
        try
        {
            if (target is { Proxy: { } proxy, Source: { } source })
            {
                socket.Dispose();
                socket = await ProxiedSocket.ConnectAsync(proxy, source, endpoint, patience.Within(timeouts.Connect)).ConfigureAwait(false);
            }
            else
            {
                if (target.Source is not null)
                    socket.Bind(new IPEndPoint(target.Source, 0));

                await socket.ConnectAsync(endpoint, patience.Within(timeouts.Connect)).ConfigureAwait(false);
            }

            wayOut = WayOutFault.None;
            await client.ConnectAsync(socket, target.Dane?.Base ?? target.Host, endpoint.Port, Security(mode), patience.Within(timeouts.Greeting + timeouts.Ehlo + timeouts.Tls)).ConfigureAwait(false);
            return (new MailKitConnection(client, socket, timeouts, clock), null, false, wayOut);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            client.Dispose();
            socket.Dispose();
            return (null, MailKitReplies.Of(e, patience.IsOver, $"connecting to {endpoint}"), e is SslHandshakeException && mode == TlsMode.Opportunistic, wayOut);
        }
    }

    private static SecureSocketOptions Security(TlsMode mode) => mode switch
    {
        TlsMode.None => SecureSocketOptions.None,
        TlsMode.Opportunistic => SecureSocketOptions.StartTlsWhenAvailable,
        _ => SecureSocketOptions.StartTls,
    };
}
