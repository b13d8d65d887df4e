using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Grid.Host.Options;

namespace Grid.Host.Api;

/// <summary>Names of subjects as they come in paths and bodies, in the one form that grains are keyed by.</summary>
internal static class SubjectNames
{
    public const string TenantRule = "must be 1 to 63 of a-z, 0-9 and '-', and begin with a letter or digit";
    public const string DomainRule = "must be a domain name such as example.com";
    public const string IpRule = "must be an IP address";

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    public static bool IsTenant([NotNullWhen(true)] string? id) =>
        id is { Length: >= 1 and <= 63 } && id[0] != '-' && !id.AsSpan().ContainsAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Lower-case ASCII, international labels as A-labels, without a dot at the end.</summary>
    public static bool TryDomain(string? text, [NotNullWhen(true)] out string? domain)
    {
        domain = null;
        if (text is not { Length: > 0 and <= 254 })
        {
            return false;
        }

        text = text.TrimEnd('.');
        try
        {
            if (!System.Text.Ascii.IsValid(text))
            {
                text = Idn.GetAscii(text);
            }
        }
        catch (ArgumentException)
        {
            return false;
        }

        return OptionTexts.TryDomain(text, out domain!);
    }

    /// <summary>Canonical text of the address; an IPv4 address mapped to IPv6 becomes IPv4 again.</summary>
    public static bool TryIp(string? text, [NotNullWhen(true)] out string? ip)
    {
        ip = null;
        if (text is null || !OptionTexts.TryAddress(text, out var address))
        {
            return false;
        }

        ip = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
        return true;
    }
}
