using System.Net;
using System.Net.Sockets;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Mail.Dns;

namespace Grid.Mail.Sending;

/// <summary>
/// Connections by Grid's own SMTP client. In: a route. Out: a connection to the first of its hosts that greets, or the best reason why
/// there is none. Hosts go by preference, equal ones in random order (RFC 5321 5.1), those that nobody reached lately last. Addresses are
/// looked up anew for each connection, and judged anew: what DNS said of them before doesn't count.
/// </summary>
public sealed class SmtpTransport(SmtpTimeouts timeouts, IDnsResolver resolver, MxOptions options, TimeProvider clock) : IMailTransport
{
    private readonly HostHealth _health = new(clock);

    /// <inheritdoc />
    public async ValueTask<OpenedConnection> OpenAsync(SiteRoute route, string sourceIp, string ehlo, CancellationToken cancellationToken)
    {
        var source = IPAddress.Parse(sourceIp);
        source = source.Equals(IPAddress.Any) || source.Equals(IPAddress.IPv6Any) ? null : source;
        SmtpReply? failure = null;
        var left = SmtpTarget.MaxEndpoints;
        foreach (var host in route.Exchangers.Count == 0 ? [route.Host] : _health.Order(route.Exchangers))
        {
            var (addresses, none) = route.Exchangers.Count == 0 ? await ConfiguredAsync(host, cancellationToken).ConfigureAwait(false) : await ExchangerAsync(host, source, cancellationToken).ConfigureAwait(false);
            if (addresses.Count == 0)
            {
                failure = Better(failure, none!);
                continue;
            }

            var target = new SmtpTarget(host, [.. addresses.Take(left).Select(a => new IPEndPoint(a, route.Port))], route.Tls, source, ehlo, route.Destination);
            left -= target.Endpoints.Count;
            switch (await SmtpClientConnection.ConnectAsync(target, timeouts, clock, cancellationToken).ConfigureAwait(false))
            {
                case SmtpConnectResult.Connected connected:
                    _health.Reached(host);
                    return new(new SmtpMailConnection(connected.Connection), null);
                case SmtpConnectResult.Refused refused:
                    failure = Better(failure, refused.Reply);
                    if (refused.Reply.Code == 0)
                    {
                        _health.NotReached(host);
                    }

                    break;
                case var other:
                    throw new InvalidOperationException($"no such result: {other}");
            }

            if (left == 0 || cancellationToken.IsCancellationRequested)
            {
                break;
            }
        }

        return new(null, failure);
    }

    /// <summary>By the system, as a configured name may stand in its hosts file.</summary>
    private static async ValueTask<(IReadOnlyList<IPAddress> Addresses, SmtpReply? None)> ConfiguredAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            return (IPAddress.TryParse(host, out var literal) ? [literal] : await System.Net.Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false), new(0, "4.4.4", $"{host} has no address"));
        }
        catch (SocketException e)
        {
            return ([], new SmtpReply(0, "4.4.4", $"{host}: {e.Message}"));
        }
    }

    private async ValueTask<(IReadOnlyList<IPAddress> Addresses, SmtpReply? None)> ExchangerAsync(string host, IPAddress? source, CancellationToken cancellationToken)
    {
        var found = await MxAddresses.FindAsync(resolver, options, host, cancellationToken).ConfigureAwait(false);
        var usable = found.IsOwn ? [] : found.Usable.Where(a => source is null || a.AddressFamily == source.AddressFamily).ToList();
        return (usable, new(0, "4.4.4", found.Failure is { } why ? $"name service error for {host}: {why}" : $"{host} has no address that can be sent to{(source is null ? "" : $" from {source}")}"));
    }

    /// <summary>A receiver's own words before the network's; the first of a kind stays.</summary>
    private static SmtpReply Better(SmtpReply? one, SmtpReply other) => one is null || (one.Code == 0 && other.Code != 0) ? other : one;
}
