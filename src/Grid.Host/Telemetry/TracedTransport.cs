using System.Diagnostics;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Queue;

namespace Grid.Host.Telemetry;

/// <summary>The SMTP client, with a span for each transaction of a traced message. In place only where traces are sent.</summary>
internal sealed class TracedTransport(IMailTransport transport, MessageTrace trace) : IMailTransport
{
    public async ValueTask<OpenedConnection> OpenAsync(SiteRoute route, string sourceIp, string ehlo, string? proxy, CancellationToken cancellationToken)
    {
        var opened = await transport.OpenAsync(route, sourceIp, ehlo, proxy, cancellationToken);
        return opened.Connection is { } connection ? opened with { Connection = new Connection(connection, trace, route.Site, sourceIp) } : opened;
    }

    private sealed class Connection(IMailConnection inner, MessageTrace trace, string site, string ip) : IMailConnection
    {
        public TlsFacts? Tls => inner.Tls;

        public bool IsUsable => inner.IsUsable;

        public async ValueTask<TransactionResult> DeliverAsync(MailTransaction transaction, Func<MailTransaction?>? next, Action<MailTransaction>? accepted, CancellationToken cancellationToken)
        {
            using var span = transaction is Attempt { Items: [{ Envelope.Key.Message: var message }, ..] } ? trace.Begin("transaction", message, ActivityKind.Client) : null;
            span?.SetTag("grid.site", site).SetTag("grid.ip", ip).SetTag("grid.recipients", transaction.Recipients.Count);
            var result = await inner.DeliverAsync(transaction, next, accepted, cancellationToken);
            if (span is not null && result.Replies is [{ } reply, ..])
            {
                span.SetTag("smtp.code", reply.Code).SetStatus(reply.IsPositive ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
            }

            return result;
        }

        public ValueTask QuitAsync() => inner.QuitAsync();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
