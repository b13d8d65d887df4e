using System.Net;
using System.Net.Sockets;
using Grid.Mail.Dns;

namespace Grid.Host.Ingress;

/// <summary>
/// What the DNS says of a sending IP, as receivers look at it. In: an address and the name that it greets with. Out: its names (PTR),
/// which of them lead back to it, and what is wrong. At most five names are followed.
/// </summary>
public sealed class IpNames(IDnsResolver resolver)
{
    private const int MaxNames = 5;

    /// <summary>Looks it up.</summary>
    public async ValueTask<IpNamesView> LookAsync(IPAddress address, string ehlo, CancellationToken cancellationToken)
    {
        var reverse = await resolver.ResolveAsync(ReverseName(address), DnsType.Ptr, cancellationToken);
        var names = reverse.Of<DnsRecord.Name>().Select(name => name.Value).Take(MaxNames).ToList();
        var confirmed = new List<string>();
        foreach (var name in names)
        {
            if (await LeadsToAsync(name, address, cancellationToken))
            {
                confirmed.Add(name);
            }
        }

        var greeting = await LeadsToAsync(ehlo, address, cancellationToken);
        var faults = new List<string>();
        if (reverse.Status == DnsStatus.ServerFailure)
        {
            faults.Add($"the DNS could not be asked: {reverse.Detail}");
        }
        else if (names.Count == 0)
        {
            faults.Add("the address has no name (PTR): large receivers refuse its mail");
        }
        else if (confirmed.Count == 0)
        {
            faults.Add("none of its names (PTR) leads back to the address");
        }

        if (!greeting)
        {
            faults.Add($"{ehlo}, with which it greets, does not lead to the address");
        }
        else if (confirmed.Count > 0 && !confirmed.Contains(ehlo))
        {
            faults.Add($"it greets with {ehlo}, and its name (PTR) is another");
        }

        return new(names, confirmed, greeting, faults);
    }

    /// <summary>The name under which an address' names are (RFC 1035 3.5, RFC 3596 2.5).</summary>
    public static string ReverseName(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return address.AddressFamily == AddressFamily.InterNetwork
            ? string.Join('.', bytes.Reverse()) + ".in-addr.arpa"
            : string.Join('.', bytes.Reverse().SelectMany(b => new[] { b & 15, b >> 4 }).Select(nibble => nibble.ToString("x", System.Globalization.CultureInfo.InvariantCulture))) + ".ip6.arpa";
    }

    private async ValueTask<bool> LeadsToAsync(string name, IPAddress address, CancellationToken cancellationToken)
    {
        var type = address.AddressFamily == AddressFamily.InterNetwork ? DnsType.A : DnsType.Aaaa;
        return (await resolver.ResolveAsync(name, type, cancellationToken)).Of<DnsRecord.Address>().Any(found => found.Value.Equals(address));
    }
}
