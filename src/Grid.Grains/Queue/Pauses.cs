using Grid.Core.Ports;

namespace Grid.Grains.Queue;

/// <summary>Which tenants and domains an operator has paused. Kept in the registry, so a pause survives a restart.</summary>
public sealed class Pauses(IRegistry registry)
{
    private const string Kind = "pause";
    private const int Page = 1000;

    private readonly Lock _gate = new();
    private volatile HashSet<(string? Tenant, string? Domain)> _paused = [];

    /// <summary>What is paused: a tenant, a domain, a pair of both, or (null, null) for everything.</summary>
    public IReadOnlyCollection<(string? Tenant, string? Domain)> All => _paused;

    /// <summary>True when the pair, its tenant, its domain or everything is paused.</summary>
    public bool IsPaused(string tenant, string domain)
    {
        var paused = _paused;
        return paused.Count > 0
            && (paused.Contains((tenant, null)) || paused.Contains((null, domain)) || paused.Contains((tenant, domain)) || paused.Contains((null, null)));
    }

    /// <summary>Reads the pauses of earlier processes.</summary>
    public async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        var paused = new HashSet<(string?, string?)>();
        for (var after = ""; ;)
        {
            var page = await registry.ListAsync(Kind, after, Page, cancellationToken);
            foreach (var (key, _) in page)
            {
                var parts = key.Split('|');
                paused.Add((Part(parts[0]), Part(parts[1])));
            }

            if (page.Count < Page)
            {
                break;
            }

            after = page[^1].Key;
        }

        _paused = paused;

        static string? Part(string text) => text == "*" ? null : text;
    }

    public async ValueTask PauseAsync(string? tenant, string? domain, CancellationToken cancellationToken)
    {
        await registry.WriteAsync(Kind, Key(tenant, domain), "{}", cancellationToken);
        lock (_gate)
        {
            _paused = [.. _paused, (tenant, domain)];
        }
    }

    /// <summary>Lifts exactly this pause; resuming everything lifts all of them.</summary>
    public async ValueTask ResumeAsync(string? tenant, string? domain, CancellationToken cancellationToken)
    {
        var lifted = tenant is null && domain is null ? [.. _paused] : new[] { (tenant, domain) };
        foreach (var (t, d) in lifted)
        {
            await registry.RemoveAsync(Kind, Key(t, d), cancellationToken);
        }

        lock (_gate)
        {
            _paused = [.. _paused.Except(lifted)];
        }
    }

    private static string Key(string? tenant, string? domain) => $"{tenant ?? "*"}|{domain ?? "*"}";
}
