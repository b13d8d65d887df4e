using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Grid.Core.Vocabulary;
using Grid.Mail.Dns;

namespace Grid.Mail.Sending;

/// <summary>
/// The hosts of a route, one after the other, for whoever connects. Hosts go by preference, equal ones in random order (RFC 5321 5.1), those
/// that nobody reached lately last. Addresses are looked up anew for each connection, and judged anew: what DNS said of them before
/// doesn't count. At most eight addresses in all.
/// </summary>
public sealed class MailTargets(IDnsResolver resolver, MxOptions options, TimeProvider clock)
{
    private readonly HostHealth _health = new(clock);

    /// <summary>A target with at least one address, or why that host has none.</summary>
    internal async IAsyncEnumerable<(SmtpTarget? Target, SmtpReply? None)> FindAsync(
        SiteRoute route, string sourceIp, string ehlo, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var source = IPAddress.Parse(sourceIp);
        source = source.Equals(IPAddress.Any) || source.Equals(IPAddress.IPv6Any) ? null : source;
        var left = SmtpTarget.MaxEndpoints;
        foreach (var host in route.Exchangers.Count == 0 ? [route.Host] : _health.Order(route.Exchangers))
        {
            var (addresses, none) = route.Exchangers.Count == 0
                ? await ConfiguredAsync(host, cancellationToken).ConfigureAwait(false)
                : await ExchangerAsync(host, source, cancellationToken).ConfigureAwait(false);
            if (addresses.Count == 0)
            {
                yield return (null, none);
                continue;
            }

            var target = new SmtpTarget(host, [.. addresses.Take(left).Select(a => new IPEndPoint(a, route.Port))], route.Tls, source, ehlo, route.Destination);
            left -= target.Endpoints.Count;
            yield return (target, null);
            if (left == 0 || cancellationToken.IsCancellationRequested)
            {
                yield break;
            }
        }
    }

    /// <summary>How it went at a host: only a network that failed puts it behind the others.</summary>
    internal void Note(SmtpTarget target, SmtpReply? failure)
    {
        if (failure is null)
        {
            _health.Reached(target.Host);
        }
        else if (failure.Code == 0)
        {
            _health.NotReached(target.Host);
        }
    }

    /// <summary>Of two reasons: a receiver's own words before the network's; the first of a kind stays.</summary>
    internal static SmtpReply Better(SmtpReply? one, SmtpReply other) => one is null || (one.Code == 0 && other.Code != 0) ? other : one;

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
}
