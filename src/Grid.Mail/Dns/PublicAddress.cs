using System.Net;
using System.Net.Sockets;

namespace Grid.Mail.Dns;

/// <summary>Tells addresses of the public internet from those that a stranger's DNS must not lead us to: this host, private and special networks.</summary>
public static class PublicAddress
{
    // IANA's registries of special-purpose addresses (RFC 6890), as of 2025, and multicast.
    private static readonly IPNetwork[] Special =
    [
        .. ((string[])
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3", "::/127", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "fc00::/7", "fe80::/9", "ff00::/8",
        ]).Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    /// <summary>False for addresses that no mail is to be sent to because DNS says so; also where they are wrapped in an IPv6 address.</summary>
    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return Is(address.MapToIPv4());
        }

        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            var octets = address.GetAddressBytes();
            if (Translated.Contains(address))
            {
                return Is(new IPAddress(octets.AsSpan(12)));
            }

            if (SixToFour.Contains(address))
            {
                return Is(new IPAddress(octets.AsSpan(2, 4)));
            }
        }

        return !Special.Any(network => network.Contains(address));
    }
}
