using System.Net;
using System.Net.Sockets;

namespace Grid.Core.Ingress;

/// <summary>Keys of subjects in one form each, so that no spelling makes two subjects of one.</summary>
public static class SubjectKeys
{
    /// <summary>A recipient domain: see <see cref="DomainName"/>.</summary>
    public static bool TryDomain(string? text, out string key) => DomainName.TryNormalise(text, out key);

    /// <summary>A tenant's id: see <see cref="TenantIdRule"/>.</summary>
    public static bool TryTenant(string? text, out string key)
    {
        key = TenantIdRule.IsValid(text) ? text! : "";
        return key.Length > 0;
    }

    /// <summary>
    /// An IP address in its canonical text (RFC 5952 for IPv6; an IPv4-mapped address as IPv4). False for anything else, among it IPv4
    /// in octal, hexadecimal or fewer than four parts, and addresses with a zone.
    /// </summary>
    public static bool TryIp(string? text, out string key)
    {
        key = "";
        if (text is null || text.Length > 45 || text.Contains('%') || text.StartsWith('[') || !IPAddress.TryParse(text, out var address))
        {
            return false;
        }

        if (address.AddressFamily == AddressFamily.InterNetwork && address.ToString() != text)
        {
            return false;
        }

        key = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
        return true;
    }
}
