using System.Net;
using Grid.Host.Options;
using Microsoft.Extensions.Primitives;

namespace Grid.Host.Api.Access;

/// <summary>
/// Who asks, through proxies. In: the peer of a connection, and the headers of its request. Out: the address nearest to us that is no trusted
/// proxy's, and the scheme by which it asked.
/// Guarantees: a peer that isn't trusted is the client, whatever its headers say; of a header only what trusted proxies added is believed, from
/// the right, so that entries which a client made up count for nothing; only the one header that the proxies are said to write is read.
/// An entry that can't be read, or the 32nd, ends the walk: the client is then the last known one. It does what ASP.NET Core's middleware for
/// forwarded headers does, and RFC 7239 beside it.
/// </summary>
public sealed class ForwardedClient(HttpOptions options)
{
    /// <summary>Most proxies in a row.</summary>
    public const int MaxHops = 32;

    /// <summary>The client's address, IPv4 in its own form, and its scheme; null where no trusted proxy tells.</summary>
    public (IPAddress Address, string? Scheme) Of(IPAddress peer, IHeaderDictionary headers)
    {
        var client = peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer;
        string? scheme = null;
        if (!IsTrusted(client))
        {
            return (client, null);
        }

        var hops = options.Header == ForwardedHeader.Forwarded ? ForwardedField.Read(headers["Forwarded"]) : Entries(headers["X-Forwarded-For"], headers["X-Forwarded-Proto"]);
        foreach (var hop in hops.Reverse().Take(MaxHops))
        {
            scheme = hop.Scheme ?? scheme;
            if (hop.From is null)
            {
                break;
            }

            client = hop.From;
            if (!IsTrusted(client))
            {
                break;
            }
        }

        return (client, scheme);
    }

    /// <summary>The last scheme belongs to the last address, and so on.</summary>
    private static IEnumerable<ForwardedHop> Entries(StringValues addresses, StringValues schemes)
    {
        var (from, by) = (Split(addresses), Split(schemes));
        return from.Length == 0 && by.Length > 0
            ? [new(null, ForwardedHop.SchemeOf(by[^1]))]
            : from.Select((address, i) => new ForwardedHop(ForwardedHop.Address(address), by.Length - from.Length + i is var at and >= 0 ? ForwardedHop.SchemeOf(by[at]) : null));
    }

    private static string[] Split(StringValues lines) =>
        [.. lines.SelectMany(line => (line ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    private bool IsTrusted(IPAddress address)
    {
        foreach (var network in options.TrustedProxies)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }
}
