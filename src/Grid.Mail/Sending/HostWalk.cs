using System.Net;
using System.Net.Sockets;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Mail.Dns;

namespace Grid.Mail.Sending;

/// <summary>
/// Goes through a route's hosts until one takes a connection. In: a route, and how to connect. Out: the first connection, or the best
/// reason why there is none. Hosts go by preference, equal ones in random order (RFC 5321 5.1), those that nobody reached lately last.
/// Addresses are looked up anew for each connection, and judged anew: what DNS said of them before doesn't count.
/// </summary>
public sealed class HostWalk(IDnsResolver resolver, MxOptions options, TimeProvider clock)
{
    private readonly HostHealth _health = new(clock);

    /// <summary>Connects to the first host that can be.</summary>
    /// <param name="connect">Tries one host. A failure without code means that it wasn't reached.</param>
    public async ValueTask<OpenedConnection> OpenAsync(
        SiteRoute route, string sourceIp, string ehlo, string? proxy, Func<SmtpTarget, CancellationToken, ValueTask<OpenedConnection>> connect, CancellationToken cancellationToken)
    {
        var source = IPAddress.Parse(sourceIp);
        source = source.Equals(IPAddress.Any) || source.Equals(IPAddress.IPv6Any) ? null : source;
        var configured = route.Exchangers.Count == 0;
        SmtpReply? failure = null;
        var wayOut = WayOutFault.None;
        List<TlsSession> sessions = [];
        var left = SmtpTarget.MaxEndpoints;
        foreach (var host in configured ? [route.Host] : _health.Order(route.Exchangers))
        {
            var (addresses, none) = configured ? await ConfiguredAsync(host, cancellationToken).ConfigureAwait(false) : await ExchangerAsync(host, source, cancellationToken).ConfigureAwait(false);
            if (addresses.Count == 0)
            {
                failure = Better(failure, none!);
                continue;
            }

            var dane = route.SignedFor is null ? null : (await DaneHost.FindAsync(resolver, host, route.Port, cancellationToken).ConfigureAwait(false)).Host;
            if (dane?.Failure is { } unknown)
            {
                failure = Better(failure, new(0, SmtpWireException.InsecureStatus, unknown));
                sessions.Add(new(host) { SourceIp = source?.ToString() ?? "", Tlsa = [], Channel = TlsResult.DnssecInvalid, Reason = unknown[..Math.Min(unknown.Length, TlsSession.MaxText)] });
                continue;
            }

            var target = new SmtpTarget(host, [.. addresses.Take(left).Select(a => new IPEndPoint(a, route.Port))], Mode(route.Tls, dane), source, ehlo, route.Destination)
            {
                Dane = dane is null ? null : dane with { Domains = route.SignedFor! },
                Proxy = HostPort.Parse(proxy),
            };
            left -= target.Endpoints.Count;
            var opened = await connect(target, cancellationToken).ConfigureAwait(false);
            sessions.AddRange(opened.Sessions ?? []);
            if (opened.Connection is not null)
            {
                _health.Reached(host);
                return opened with { Sessions = sessions };
            }

            (failure, var before) = (Better(failure, opened.Failure!), failure);
            wayOut = ReferenceEquals(failure, before) ? wayOut : opened.WayOut;
            if (opened.Failure!.Code == 0 && opened.WayOut == WayOutFault.None)
            {
                _health.NotReached(host);
            }

            if (left == 0 || opened.WayOut == WayOutFault.Down || cancellationToken.IsCancellationRequested)
            {
                break;
            }
        }

        return new(null, failure) { Sessions = sessions, WayOut = wayOut };
    }

    // Records that can't be judged by ask for TLS all the same.
    private static TlsMode Mode(TlsMode asked, DaneHost? dane) =>
        dane is null || asked == TlsMode.Verified ? asked : dane.Records.Count > 0 ? TlsMode.Verified : TlsMode.Required;

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

    /// <summary>A receiver's own words before a lack of security, and both before the network's; the first of a kind stays.</summary>
    private static SmtpReply Better(SmtpReply? one, SmtpReply other) => one is null || Weight(other) > Weight(one) ? other : one;

    private static int Weight(SmtpReply reply) => reply.Code != 0 ? 2 : reply.Enhanced == SmtpWireException.InsecureStatus ? 1 : 0;
}
