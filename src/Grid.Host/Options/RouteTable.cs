using System.Collections.Frozen;
using System.Net;
using Grid.Core.Vocabulary;

namespace Grid.Host.Options;

/// <summary>Delivery overrides, looked up by recipient domain: its own entry first, then the longest suffix, then <c>*</c>.</summary>
public sealed class RouteTable(IEnumerable<Route> routes)
{
    private readonly FrozenDictionary<string, Route> _routes = routes.ToFrozenDictionary(route => route.Domain, StringComparer.Ordinal);

    /// <summary>All of them, in no order.</summary>
    public IEnumerable<Route> All => _routes.Values;

    /// <summary>The route of a domain (lower case ASCII); null: by its MX.</summary>
    public Route? Find(string domain)
    {
        if (_routes.Count == 0)
        {
            return null;
        }

        if (_routes.TryGetValue(domain, out var route))
        {
            return route;
        }

        var lookup = _routes.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var dot = domain.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = domain.IndexOf('.', dot + 1))
        {
            if (lookup.TryGetValue(domain.AsSpan(dot), out route))
            {
                return route;
            }
        }

        return _routes.GetValueOrDefault("*");
    }

    internal static RouteTable Read(OptionsReader reader)
    {
        var routes = reader.Entries("Grid:Routes", ["Domain", "Host", "Port", "Tls"], key => Read(reader, key));
        foreach (var twice in routes.GroupBy(route => route.Domain).Where(group => group.Count() > 1))
        {
            reader.Refuse("Grid:Routes", "one route a domain", twice.Key);
        }

        return new(routes.DistinctBy(route => route.Domain));
    }

    private static Route? Read(OptionsReader reader, string key)
    {
        const string DomainRule = "*, a domain such as example.com, or .example.com for all below it";
        var domain = reader.Parse<string?>($"{key}:Domain", null, DomainRule, TryPattern);
        if (reader.Text($"{key}:Domain") is null)
        {
            reader.Miss($"{key}:Domain", DomainRule);
        }

        var host = reader.Parse<string?>($"{key}:Host", null, "a host name or an IP address", (string text, out string? value) => OptionTexts.TryHost(text, out value!));
        if (reader.Text($"{key}:Host") is null)
        {
            reader.Miss($"{key}:Host", "a host name or an IP address");
        }

        var port = reader.Integer($"{key}:Port", 25, 1, IPEndPoint.MaxPort);
        var tls = reader.Parse($"{key}:Tls", TlsMode.Opportunistic, "none, opportunistic or required", (string text, out TlsMode value) => OptionTexts.TryTls(text, out value));
        return domain is null || host is null ? null : new(domain, host, port, tls);
    }

    private static bool TryPattern(string text, out string? value)
    {
        value = text;
        if (text == "*")
        {
            return true;
        }

        var below = text.StartsWith('.');
        var read = OptionTexts.TryDomain(below ? text[1..] : text, out var domain);
        value = below ? "." + domain : domain;
        return read;
    }
}
