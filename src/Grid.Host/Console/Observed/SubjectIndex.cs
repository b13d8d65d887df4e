using Grid.Contracts.Enforcement;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Enforcement;
using Grid.Host.Api;
using Grid.Host.Queue;

namespace Grid.Host.Console.Observed;

/// <summary>
/// Tenants, sending IPs and recipient domains by name and state, for lists, filters and totals. In: the registry, the ledger's standings and
/// the grains' stored states, read anew at most every 5 s while somebody looks. A subject about which nothing was decided stands where its
/// policy begins. Bounded: of each kind the first 200,000 in order of name.
/// </summary>
internal sealed class SubjectIndex
{
    private const int Page = 1000;
    private const int Most = 200_000;
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly IRegistry _registry;
    private readonly ILedger _ledger;
    private readonly IGrainStateStore _states;
    private readonly PolicyShelf _policies;
    private readonly Kept<IReadOnlyList<KnownTenant>> _tenants;
    private readonly Kept<IReadOnlyList<KnownIp>> _ips;
    private readonly Kept<IReadOnlyList<KnownDomain>> _domains;

    public SubjectIndex(IRegistry registry, ILedger ledger, IGrainStateStore states, PolicyShelf policies, TimeProvider clock)
    {
        (_registry, _ledger, _states, _policies) = (registry, ledger, states, policies);
        _tenants = new(LoadTenantsAsync, MaxAge, Patience, clock);
        _ips = new(LoadIpsAsync, MaxAge, Patience, clock);
        _domains = new(LoadDomainsAsync, MaxAge * 2, Patience, clock);
    }

    /// <summary>In order of id.</summary>
    public ValueTask<IReadOnlyList<KnownTenant>> TenantsAsync() => _tenants.GetAsync();

    /// <summary>The same; null where they aren't counted yet and that takes longer than a page waits.</summary>
    public ValueTask<IReadOnlyList<KnownTenant>?> GlanceTenantsAsync() => _tenants.GlanceAsync();

    /// <inheritdoc cref="GlanceTenantsAsync"/>
    public ValueTask<IReadOnlyList<KnownIp>?> GlanceIpsAsync() => _ips.GlanceAsync();

    /// <inheritdoc cref="GlanceTenantsAsync"/>
    public ValueTask<IReadOnlyList<KnownDomain>?> GlanceDomainsAsync() => _domains.GlanceAsync();

    /// <summary>In order of pool, then address.</summary>
    public ValueTask<IReadOnlyList<KnownIp>> IpsAsync() => _ips.GetAsync();

    /// <summary>Domains that mail went to, that have limits or about which something was decided, in order of name.</summary>
    public ValueTask<IReadOnlyList<KnownDomain>> DomainsAsync() => _domains.GetAsync();

    private async Task<IReadOnlyList<KnownTenant>> LoadTenantsAsync()
    {
        var standings = await StandingsAsync(SubjectKind.Tenant);
        var vetting = new Dictionary<string, bool>(StringComparer.Ordinal);
        var tenants = new List<KnownTenant>();
        await foreach (var (id, json) in EntriesAsync(Registered.Tenant))
        {
            var spec = Registered.Read<TenantSpec>(json);
            if (!vetting.TryGetValue(spec.Policy, out var vetted))
            {
                vetting[spec.Policy] = vetted = (await _policies.FindAsync(spec.Policy, CancellationToken.None))?.VettingRequired ?? false;
            }

            var known = standings.GetValueOrDefault(id);
            tenants.Add(new(id, spec.Name, spec.Policy, spec.Pool, known?.Standing ?? (vetted ? Standing.Pending : Standing.Active), known?.Since));
        }

        return tenants;
    }

    private async Task<IReadOnlyList<KnownIp>> LoadIpsAsync()
    {
        var standings = await StandingsAsync(SubjectKind.Ip);
        var ips = new List<KnownIp>();
        await foreach (var (address, json) in EntriesAsync(Registered.Ip))
        {
            ips.Add(new(address, Registered.Read<IpSpec>(json), standings.GetValueOrDefault(address)?.Standing ?? Standing.Active));
        }

        return [.. ips.OrderBy(ip => ip.Spec.Pool, StringComparer.Ordinal).ThenBy(ip => ip.Address, StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyList<KnownDomain>> LoadDomainsAsync()
    {
        var standings = await StandingsAsync(SubjectKind.Domain);
        var limited = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var (name, _) in EntriesAsync(Registered.Domain))
        {
            limited.Add(name);
        }

        var names = new SortedSet<string>(standings.Keys.Concat(limited), StringComparer.Ordinal);
        for (var after = ""; names.Count < Most;)
        {
            var page = await _states.ListAsync("account", "domain/", after, Page * 10);
            names.UnionWith(page.Select(id => id["domain/".Length..]));
            if (page.Count < Page * 10)
            {
                break;
            }

            after = page[^1];
        }

        return [.. names.Take(Most).Select(name => new KnownDomain(name, standings.GetValueOrDefault(name)?.Standing ?? Standing.Active, limited.Contains(name)))];
    }

    private async Task<Dictionary<string, StandingRecord>> StandingsAsync(SubjectKind kind)
    {
        var standings = new Dictionary<string, StandingRecord>(StringComparer.Ordinal);
        for (var after = ""; standings.Count < Most;)
        {
            var page = await _ledger.StandingsAsync(kind, after, Page);
            foreach (var standing in page)
            {
                standings[standing.Subject.Key] = standing;
            }

            if (page.Count < Page)
            {
                break;
            }

            after = page[^1].Subject.Key;
        }

        return standings;
    }

    private async IAsyncEnumerable<KeyValuePair<string, string>> EntriesAsync(string kind)
    {
        var after = "";
        for (var read = 0; read < Most;)
        {
            var page = await _registry.ListAsync(kind, after, Page);
            foreach (var entry in page)
            {
                yield return entry;
            }

            if (page.Count < Page)
            {
                yield break;
            }

            (after, read) = (page[^1].Key, read + page.Count);
        }
    }
}
