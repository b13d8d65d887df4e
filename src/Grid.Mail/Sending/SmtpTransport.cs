using Grid.Core.Ports;
using Grid.Core.Vocabulary;

namespace Grid.Mail.Sending;

/// <summary>Connections by Grid's own SMTP client, to the first of a route's hosts that greets.</summary>
public sealed class SmtpTransport(SmtpTimeouts timeouts, HostWalk hosts, TimeProvider clock) : IMailTransport
{
    /// <inheritdoc />
    public ValueTask<OpenedConnection> OpenAsync(SiteRoute route, string sourceIp, string ehlo, string? proxy, CancellationToken cancellationToken) =>
        hosts.OpenAsync(route, sourceIp, ehlo, proxy, ConnectAsync, cancellationToken);

    private async ValueTask<OpenedConnection> ConnectAsync(SmtpTarget target, CancellationToken cancellationToken) =>
        await SmtpClientConnection.ConnectAsync(target, timeouts, clock, cancellationToken).ConfigureAwait(false) switch
        {
            SmtpConnectResult.Connected connected => new(new SmtpMailConnection(connected.Connection), null) { Sessions = connected.Sessions },
            SmtpConnectResult.Refused refused => new(null, refused.Reply) { Sessions = refused.Sessions, WayOut = refused.WayOut },
            var other => throw new InvalidOperationException($"no such result: {other}"),
        };
}
