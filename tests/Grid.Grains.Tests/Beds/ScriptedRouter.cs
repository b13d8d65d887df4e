using Grid.Core.Ports;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Tests.Beds;

/// <summary>A site for each domain, "mx." and its name, unless a test says otherwise.</summary>
internal sealed class ScriptedRouter : IRouter
{
    /// <summary>Where there is no site: why.</summary>
    public Func<string, SmtpReply> Failure { get; set; } = domain => new(451, "4.4.4", "no route to " + domain);

    public Func<string, string?> Site { get; set; } = domain => "mx." + domain;

    public ValueTask<RouteAnswer> FindAsync(string domain, CancellationToken cancellationToken = default) =>
        new(Site(domain) is { } site ? new RouteAnswer(new SiteRoute(site, site, 25, TlsMode.None)) : new RouteAnswer(null, Failure(domain)));
}
