using Grid.Core.Ports;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Tests.Beds;

/// <summary>A site for each domain, "mx." and its name, unless a test says otherwise.</summary>
internal sealed class ScriptedRouter : IRouter
{
    public Func<string, string?> Site { get; set; } = domain => "mx." + domain;

    public ValueTask<SiteRoute?> FindAsync(string domain, CancellationToken cancellationToken = default) =>
        new(Site(domain) is { } site ? new SiteRoute(site, site, 25, TlsMode.None) : null);
}
