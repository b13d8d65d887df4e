using Grid.Core.Ports;
using Grid.Core.Vocabulary;

namespace Grid.Mail.Sending;

/// <summary>Connections by Grid's own SMTP client: to the first of a route's hosts that greets, or the best reason why there is none.</summary>
public sealed class SmtpTransport(SmtpTimeouts timeouts, MailTargets targets, TimeProvider clock) : IMailTransport
{
    /// <inheritdoc />
    public async ValueTask<OpenedConnection> OpenAsync(SiteRoute route, string sourceIp, string ehlo, CancellationToken cancellationToken)
    {
        SmtpReply? failure = null;
        await foreach (var (target, none) in targets.FindAsync(route, sourceIp, ehlo, cancellationToken).ConfigureAwait(false))
        {
            if (target is null)
            {
                failure = MailTargets.Better(failure, none!);
                continue;
            }

            switch (await SmtpClientConnection.ConnectAsync(target, timeouts, clock, cancellationToken).ConfigureAwait(false))
            {
                case SmtpConnectResult.Connected connected:
                    targets.Note(target, null);
                    return new(new SmtpMailConnection(connected.Connection), null);
                case SmtpConnectResult.Refused refused:
                    targets.Note(target, refused.Reply);
                    failure = MailTargets.Better(failure, refused.Reply);
                    break;
                case var other:
                    throw new InvalidOperationException($"no such result: {other}");
            }
        }

        return new(null, failure);
    }
}
