using Grid.Core.Ports;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Tests.Beds;

/// <summary>A site for each domain, "mx." and its name, unless a test says otherwise.</summary>
internal sealed class ScriptedRouter : IRouter
{
    public Func<string, string?> Site { get; set; } = domain => "mx." + domain;

    /// <summary>Where there is no site: why.</summary>
    public Func<string, SmtpReply> Failure { get; set; } = domain => new(451, "4.4.4", "no route to " + domain);

    /// <summary>A whole route, in place of a site.</summary>
    public Func<string, SiteRoute?> Route { get; set; } = static _ => null;

    /// <summary>What a look-up waits for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public async ValueTask<RouteAnswer> FindAsync(string domain, CancellationToken cancellationToken = default)
    {
        await Gate.WaitAsync(cancellationToken);
        return Route(domain) is { } route ? new(route) : Site(domain) is { } site ? new(new SiteRoute(site, site, 25, TlsMode.None)) : new(null, Failure(domain));
    }
}
