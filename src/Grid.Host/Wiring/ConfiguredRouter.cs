using System.Collections.Concurrent;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Options;
using IRouter = Grid.Core.Ports.IRouter;
using Route = Grid.Host.Options.Route;

namespace Grid.Host.Wiring;

/// <summary>Routes from <c>Grid:Routes</c>: every domain that goes to one host and port is one site. What has none goes by DNS.</summary>
internal sealed class ConfiguredRouter(RouteTable table, IRouter others) : IRouter
{
    private const int MaxRemembered = 100_000;

    private readonly ConcurrentDictionary<Route, SiteRoute> _sites = new();
    private readonly ConcurrentDictionary<string, SiteRoute> _domains = new(StringComparer.Ordinal);

    public ValueTask<RouteAnswer> FindAsync(string domain, CancellationToken cancellationToken = default) =>
        Configured(domain) is { } site ? new(new RouteAnswer(site)) : others.FindAsync(domain, cancellationToken);

    public ValueTask<RouteAnswer> FindAnyTlsAsync(string domain, CancellationToken cancellationToken = default) =>
        Configured(domain) is { } site ? new(new RouteAnswer(site)) : others.FindAnyTlsAsync(domain, cancellationToken);

    private SiteRoute? Configured(string domain)
    {
        if (_domains.TryGetValue(domain, out var known))
        {
            return known;
        }

        if (table.Find(domain) is not { } route)
        {
            return null;
        }

        var site = _sites.GetOrAdd(route, static r => new($"{r.Host}:{r.Port}", r.Host, r.Port, r.Tls));
        if (_domains.Count < MaxRemembered)
        {
            _domains[domain] = site;
        }

        return site;
    }
}
