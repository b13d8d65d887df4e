using System.Collections.Frozen;
using Grid.Core.Vocabulary;

namespace Grid.Core.Admission;

/// <summary>
/// All profiles in force, and what belongs to which. Guarantees that a site's profile can be told from the site's name alone, so that
/// whoever owns a site's limits needs no more.
/// </summary>
public sealed class ShapingSet
{
    private static readonly ShapingProfile Nothing = new() { Name = "none" };

    private readonly FrozenDictionary<string, ShapingProfile> _byName;
    private readonly FrozenDictionary<string, ShapingProfile> _byDomain;
    private readonly FrozenDictionary<string, ShapingProfile> _bySite;
    private readonly FrozenDictionary<string, ShapingProfile> _byExchanger;
    private readonly ShapingProfile _default;

    /// <param name="profiles">One of a name; of a domain, a site or an exchanger that several have, the last.</param>
    public ShapingSet(IReadOnlyList<ShapingProfile> profiles)
    {
        Profiles = profiles;
        _byName = Index(profiles, static p => [p.Name]);
        _byDomain = Index(profiles, static p => p.Domains);
        _bySite = Index(profiles, static p => p.Sites);
        _byExchanger = Index(profiles, static p => p.Exchangers);
        _default = _byName.GetValueOrDefault(ShapingProfile.DefaultName) ?? new() { Name = ShapingProfile.DefaultName };
    }

    /// <summary>No profile but an empty default.</summary>
    public static ShapingSet Empty { get; } = new([]);

    public IReadOnlyList<ShapingProfile> Profiles { get; }

    /// <summary>The site that a domain's mail exchangers belong to. <paramref name="hosts"/>: by preference, at least one.</summary>
    public string SiteOf(string domain, IReadOnlyList<MailHost> hosts)
    {
        // The preferred hosts say whose they are: a backup may well be someone else's.
        var preferred = hosts.TakeWhile(h => h.Preference == hosts[0].Preference).Select(h => h.Name).Order(StringComparer.Ordinal).ToList();
        var profile = _byDomain.GetValueOrDefault(domain) ?? preferred.Select(ByExchanger).FirstOrDefault(p => p is not null);
        return profile is null ? RegistrableDomain.Of(preferred[0])
            : profile.SitePerHosts ? $"{profile.Name}:{preferred[0]}"
            : profile.Name;
    }

    /// <summary>
    /// A site's profile: that of its name, its configuration, or the host that it is named after; else the default. A configured route's
    /// site ("host:port") has nothing by default: whoever configured it knows what it bears.
    /// </summary>
    public ShapingProfile ForSite(string site)
    {
        if (_bySite.TryGetValue(site, out var profile) || _byName.TryGetValue(site, out profile))
        {
            return profile;
        }

        var colon = site.LastIndexOf(':');
        return colon > 0 && _byName.TryGetValue(site[..colon], out profile) ? profile : ByExchanger(colon > 0 ? site[..colon] : site) ?? (colon > 0 ? Nothing : _default);
    }

    private ShapingProfile? ByExchanger(string host)
    {
        if (_byExchanger.TryGetValue(host, out var profile))
        {
            return profile;
        }

        var lookup = _byExchanger.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var dot = host.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = host.IndexOf('.', dot + 1))
        {
            if (lookup.TryGetValue(host.AsSpan(dot), out profile))
            {
                return profile;
            }
        }

        return null;
    }

    private static FrozenDictionary<string, ShapingProfile> Index(IReadOnlyList<ShapingProfile> profiles, Func<ShapingProfile, IReadOnlyList<string>> keys)
    {
        var index = new Dictionary<string, ShapingProfile>(StringComparer.Ordinal);
        foreach (var profile in profiles)
        {
            foreach (var key in keys(profile))
            {
                index[key] = profile;
            }
        }

        return index.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
