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

    public ValueTask<RouteAnswer> FindAsync(string domain, CancellationToken cancellationToken = default)
    {
        if (_domains.TryGetValue(domain, out var known))
        {
            return new(new RouteAnswer(known));
        }

        if (table.Find(domain) is not { } route)
        {
            return others.FindAsync(domain, cancellationToken);
        }

        var site = _sites.GetOrAdd(route, static r => new($"{r.Host}:{r.Port}", r.Host, r.Port, r.Tls));
        if (_domains.Count < MaxRemembered)
        {
            _domains[domain] = site;
        }

        return new(new RouteAnswer(site));
    }
}
