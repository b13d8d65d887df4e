using System.Net;
using System.Net.Sockets;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;

namespace Grid.Mail.Sending;

/// <summary>Connections by Grid's own SMTP client.</summary>
public sealed class SmtpTransport(SmtpTimeouts timeouts, TimeProvider clock) : IMailTransport
{
    /// <inheritdoc />
    public async ValueTask<OpenedConnection> OpenAsync(SiteRoute route, string sourceIp, string ehlo, CancellationToken cancellationToken)
    {
        var (target, failure) = await TargetAsync(route, sourceIp, ehlo, cancellationToken).ConfigureAwait(false);
        return target is null ? new(null, failure) : await SmtpClientConnection.ConnectAsync(target, timeouts, clock, cancellationToken).ConfigureAwait(false) switch
        {
            SmtpConnectResult.Connected connected => new(new SmtpMailConnection(connected.Connection), null),
            SmtpConnectResult.Refused refused => new(null, refused.Reply),
            var other => throw new InvalidOperationException($"no such result: {other}"),
        };
    }

    /// <summary>Where a connection goes to; a host without addresses is an answer.</summary>
    internal static async ValueTask<(SmtpTarget? Target, SmtpReply? Failure)> TargetAsync(SiteRoute route, string sourceIp, string ehlo, CancellationToken cancellationToken)
    {
        IPAddress[] addresses;
        try
        {
            addresses = IPAddress.TryParse(route.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(route.Host, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            return (null, new SmtpReply(0, "4.4.4", $"{route.Host}: {e.Message}"));
        }

        var source = IPAddress.Parse(sourceIp);
        return (new SmtpTarget(
            route.Host, [.. addresses.Select(a => new IPEndPoint(a, route.Port))], route.Tls, source.Equals(IPAddress.Any) || source.Equals(IPAddress.IPv6Any) ? null : source, ehlo, route.Site), null);
    }
}
