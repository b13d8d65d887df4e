using System.Net;
using Grid.Core.Vocabulary;

namespace Grid.Host.Options;

/// <summary>A sending IP known at start.</summary>
/// <param name="Address">0.0.0.0 leaves the choice to the system.</param>
/// <param name="Pool">Default: default.</param>
/// <param name="Ehlo">Name that it greets with. Default: <c>Grid:HostName</c>.</param>
/// <param name="MaxRate">Most messages over it; null = no limit.</param>
/// <param name="Proxy">HOST:PORT of the proxy through which its connections go; null: as it was set over the API. Default null.</param>
public sealed record SendingIpOptions(IPAddress Address, string Pool, string Ehlo, Rate? MaxRate, string? Proxy = null)
{
    internal static IReadOnlyList<SendingIpOptions> ReadAll(OptionsReader reader, string hostName)
    {
        var ips = reader.Entries("Grid:SendingIps", ["Address", "Pool", "Ehlo", "MaxRate", "Proxy"], key => Read(reader, key, hostName));
        foreach (var twice in ips.GroupBy(ip => ip.Address).Where(group => group.Count() > 1))
        {
            reader.Refuse("Grid:SendingIps", "addresses that differ", twice.Key.ToString());
        }

        return ips.Count > 0 ? ips : [new(IPAddress.Any, "default", hostName, null)];
    }

    private static SendingIpOptions? Read(OptionsReader reader, string key, string hostName)
    {
        var address = reader.Parse<IPAddress?>($"{key}:Address", null, "an IP address", (string text, out IPAddress? value) => OptionTexts.TryAddress(text, out value!));
        if (reader.Text($"{key}:Address") is null)
        {
            reader.Miss($"{key}:Address", "an IP address");
        }

        var pool = reader.Parse($"{key}:Pool", "default", "1 to 64 letters, digits or hyphens", (string text, out string value) =>
            (value = text).Length <= 64 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'));
        var ehlo = reader.Parse($"{key}:Ehlo", hostName, "a host name", (string text, out string value) => OptionTexts.TryDomain(text, out value));
        var rate = reader.Parse<Rate?>($"{key}:MaxRate", null, "a rate such as 100/min or 100/min;burst=20", (string text, out Rate? value) =>
        {
            var read = Rate.TryParse(text, out var parsed, out _);
            value = parsed;
            return read;
        });
        var proxy = reader.Parse<string?>($"{key}:Proxy", null, HostPort.Rule, (string text, out string? value) => (value = HostPort.Parse(text)?.ToString()) is not null);
        if (proxy is not null && address is not null && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)))
        {
            reader.Refuse($"{key}:Proxy", "given with an address of its own, not with", address.ToString());
        }

        return address is null ? null : new(address, pool, ehlo, rate, proxy);
    }
}
