using System.Net;
using System.Net.Sockets;

namespace Grid.Host.Webhooks;

/// <summary>
/// Which addresses a webhook may lead to. In: an address that a name resolved to. Out: why not; null where it may.
/// Guarantees that only unicast addresses of the public Internet pass (IANA's special-purpose registries, RFC 6890), and that an IPv4
/// address inside of an IPv6 one is refused in every form, as some host might route it to the former.
/// </summary>
public static class AddressRule
{
    private static readonly (IPNetwork Network, string What)[] Refused =
    [
        (IPNetwork.Parse("0.0.0.0/8"), "this network"),
        (IPNetwork.Parse("10.0.0.0/8"), "private"),
        (IPNetwork.Parse("100.64.0.0/10"), "shared by carriers"),
        (IPNetwork.Parse("127.0.0.0/8"), "loopback"),
        (IPNetwork.Parse("169.254.0.0/16"), "link-local"),
        (IPNetwork.Parse("172.16.0.0/12"), "private"),
        (IPNetwork.Parse("192.0.0.0/24"), "reserved"),
        (IPNetwork.Parse("192.0.2.0/24"), "documentation"),
        (IPNetwork.Parse("192.88.99.0/24"), "reserved"),
        (IPNetwork.Parse("192.168.0.0/16"), "private"),
        (IPNetwork.Parse("198.18.0.0/15"), "benchmarking"),
        (IPNetwork.Parse("198.51.100.0/24"), "documentation"),
        (IPNetwork.Parse("203.0.113.0/24"), "documentation"),
        (IPNetwork.Parse("224.0.0.0/4"), "multicast"),
        (IPNetwork.Parse("240.0.0.0/4"), "reserved"),
        (IPNetwork.Parse("::/128"), "unspecified"),
        (IPNetwork.Parse("::1/128"), "loopback"),
        (IPNetwork.Parse("::ffff:0:0/96"), "an IPv4 address mapped into IPv6"),
        (IPNetwork.Parse("::/96"), "an IPv4 address inside of an IPv6 one"),
        (IPNetwork.Parse("64:ff9b::/96"), "an IPv4 address behind NAT64"),
        (IPNetwork.Parse("64:ff9b:1::/48"), "an IPv4 address behind NAT64"),
        (IPNetwork.Parse("2001::/23"), "reserved"),
        (IPNetwork.Parse("2001:db8::/32"), "documentation"),
        (IPNetwork.Parse("2002::/16"), "an IPv4 address behind 6to4"),
        (IPNetwork.Parse("3fff::/20"), "documentation"),
        (IPNetwork.Parse("fc00::/7"), "private"),
        (IPNetwork.Parse("fe80::/10"), "link-local"),
        (IPNetwork.Parse("fec0::/10"), "site-local"),
        (IPNetwork.Parse("ff00::/8"), "multicast"),
    ];

    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    /// <summary>Why a webhook may not lead there; null where it may.</summary>
    /// <param name="allowPrivate">The operator lets webhooks lead into his own networks: then only what is no host's address is refused.</param>
    public static string? Fault(IPAddress address, bool allowPrivate)
    {
        if (allowPrivate)
        {
            return IsHost(address) ? null : $"{address} is no address of a host";
        }

        foreach (var (network, what) in Refused)
        {
            if (Has(network, address))
            {
                return $"{address} is {what}";
            }
        }

        return address.AddressFamily == AddressFamily.InterNetwork || Has(Global, address) ? null : $"{address} is not public";
    }

    /// <summary>By the bits as they stand: <see cref="IPNetwork.Contains"/> takes a mapped address for the IPv4 one within.</summary>
    private static bool Has(IPNetwork network, IPAddress address)
    {
        var (prefix, bytes) = (network.BaseAddress.GetAddressBytes(), address.GetAddressBytes());
        if (prefix.Length != bytes.Length)
        {
            return false;
        }

        for (var bit = 0; bit < network.PrefixLength; bit++)
        {
            if (((prefix[bit / 8] ^ bytes[bit / 8]) & (0x80 >> (bit % 8))) != 0)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsHost(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetwork
            ? plain.GetAddressBytes()[0] is not 0 and < 224
            : !plain.IsIPv6Multicast && !plain.Equals(IPAddress.IPv6Any);
    }
}
