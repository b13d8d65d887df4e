using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Grid.Core.Admission;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Mail.Dns;

namespace Grid.Mail.Sending;

/// <summary>
/// What: finds where the mail for a domain goes, by DNS (RFC 5321 5.1). In: a recipient domain. Out: its mail exchangers and the site
/// they belong to, or what its mail is settled with. Guarantees: what the domain says is final is (it doesn't exist, it takes no mail,
/// RFC 7505), what DNS can't say now is tried again; this host, and hosts after it, are left out; no stranger's DNS leads to a private
/// address; a domain that enforces MTA-STS (RFC 8461) gets its mail at the hosts it names, over verified TLS, or not at all; TLSA records of a signed host (RFC 7672) go before that. Answers are kept as long as DNS allows, 10 s to 1 h, at most 100,000. Fails: never, only cancellation throws.
/// </summary>
public sealed class MxRouter(IDnsResolver resolver, MxOptions options, MtaSts sts, IShapingSource shaping, TimeProvider clock, ITlsSessions? sessions = null) : IRouter
{
    /// <summary>Most hosts of a domain that are looked at, the preferred first.</summary>
    internal const int MostHosts = 10;

    private const int MostKnown = 100_000;
    private const int LongestDestination = 300;
    private const string VerifiedMark = ";verified";
    private const string SignedMark = ";dane";
    private const string AnyMark = ";any";
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, (RouteAnswer Answer, DateTimeOffset ExpiresAt)> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SiteRoute> _routes = new(StringComparer.Ordinal);
    private volatile ShapingSet _profiles = shaping.Current;

    /// <inheritdoc />
    public ValueTask<RouteAnswer> FindAsync(string domain, CancellationToken cancellationToken = default) => FindAsync(domain, false, cancellationToken);

    /// <inheritdoc />
    public ValueTask<RouteAnswer> FindAnyTlsAsync(string domain, CancellationToken cancellationToken = default) => FindAsync(domain, true, cancellationToken);

    private ValueTask<RouteAnswer> FindAsync(string domain, bool anyTls, CancellationToken cancellationToken)
    {
        // Profiles that were pushed may put a domain into another site.
        var profiles = shaping.Current;
        if (!ReferenceEquals(_profiles, profiles))
        {
            _profiles = profiles;
            _known.Clear();
        }

        var key = anyTls ? domain + AnyMark : domain;
        return _known.TryGetValue(key, out var known) && known.ExpiresAt > clock.GetUtcNow() ? new(known.Answer) : LookUpAsync(domain, key, anyTls, cancellationToken);
    }

    private async ValueTask<RouteAnswer> LookUpAsync(string domain, string key, bool anyTls, CancellationToken cancellationToken)
    {
        var (answer, expiresAt) = await ResolveAsync(domain, anyTls, cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        expiresAt = expiresAt < now + Shortest ? now + Shortest : expiresAt > now + Longest ? now + Longest : expiresAt;
        MakeRoom(_known);
        _known[key] = (answer, expiresAt);
        return answer;
    }

    private async ValueTask<(RouteAnswer Answer, DateTimeOffset ExpiresAt)> ResolveAsync(string domain, bool anyTls, CancellationToken cancellationToken)
    {
        var mx = await resolver.ResolveAsync(domain, DnsType.Mx, cancellationToken).ConfigureAwait(false);
        if (mx.Status == DnsStatus.ServerFailure)
        {
            return (Later($"name service error for {domain}: {mx.Detail}"), mx.ExpiresAt);
        }

        if (mx.Status == DnsStatus.NameError)
        {
            return (Never(550, "5.1.2", $"the domain {domain} does not exist"), mx.ExpiresAt);
        }

        var named = mx.Of<DnsRecord.MailExchanger>().ToList();
        if (named.Count > 0 && named.TrueForAll(m => m.Host.Length == 0))
        {
            return (Never(556, "5.1.10", $"the domain {domain} does not accept mail (null MX)"), mx.ExpiresAt);
        }

        // Without MX the domain is its own host (RFC 5321 5.1).
        var hosts = named.Count == 0 ? [new(0, domain)] : named.Where(m => IsHostName(m.Host)).Select(m => new MailHost(m.Preference, m.Host))
            .OrderBy(h => h.Preference).ThenBy(h => h.Name, StringComparer.Ordinal).Take(MostHosts).ToList();
        if (hosts.Count == 0)
        {
            return (Never(550, "5.4.4", $"unable to route: the MX records of {domain} name no host"), mx.ExpiresAt);
        }

        var signed = options.Validating && mx.Authenticated && !anyTls ? await SignedAsync(hosts, cancellationToken).ConfigureAwait(false) : Unsigned(mx.ExpiresAt);
        var policy = anyTls ? null : await sts.FindAsync(domain, cancellationToken).ConfigureAwait(false);
        var tls = policy?.Mode == MtaStsMode.Enforce ? TlsMode.Verified : TlsMode.Opportunistic;
        // Where TLSA records bind a host they alone do (RFC 8461 2).
        var first = hosts[0].Name;
        if (tls == TlsMode.Verified && hosts.RemoveAll(h => !policy!.Allows(h.Name) && !signed.Hosts.ContainsKey(h.Name)) > 0 && hosts.Count == 0)
        {
            sessions?.Count(domain, [new(first)]);
            return (new(null, new(451, "4.7.5", $"none of the mail exchangers of {domain} is one that its MTA-STS policy names")), mx.ExpiresAt);
        }

        var found = await Task.WhenAll(hosts.Select(h => MxAddresses.FindAsync(resolver, options, h.Name, cancellationToken).AsTask())).ConfigureAwait(false);
        var expiresAt = found.Min(f => f.ExpiresAt) is var earliest && earliest < mx.ExpiresAt ? earliest : mx.ExpiresAt;
        return (Choose(domain, [.. hosts.Zip(found)], tls, Names(signed.Hosts, [domain, mx.Name]), anyTls), signed.ExpiresAt < expiresAt ? signed.ExpiresAt : expiresAt);
    }

    /// <summary>The hosts that TLSA records bind, or for which nobody can say.</summary>
    private async ValueTask<(IReadOnlyDictionary<string, DaneHost> Hosts, DateTimeOffset ExpiresAt)> SignedAsync(List<MailHost> hosts, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(hosts.Select(h => DaneHost.FindAsync(resolver, h.Name, options.Port, cancellationToken).AsTask())).ConfigureAwait(false);
        return (hosts.Zip(found).Where(f => f.Second.Host is not null).DistinctBy(f => f.First.Name).ToDictionary(f => f.First.Name, f => f.Second.Host!, StringComparer.Ordinal), found.Min(f => f.ExpiresAt));
    }

    private static (IReadOnlyDictionary<string, DaneHost> Hosts, DateTimeOffset ExpiresAt) Unsigned(DateTimeOffset expiresAt) => (new Dictionary<string, DaneHost>(), expiresAt);

    // Names count under trust anchors only; without those, domains share connections.
    private static IReadOnlyList<string>? Names(IReadOnlyDictionary<string, DaneHost> signed, string[] domains) =>
        signed.Count == 0 ? null : signed.Values.Any(h => h.HasAnchor) ? [.. domains.Distinct()] : [];

    private RouteAnswer Choose(string domain, List<(MailHost Host, MxAddresses Addresses)> hosts, TlsMode tls, IReadOnlyList<string>? signedFor, bool anyTls)
    {
        // Who is an exchanger itself hands on to better ones only, or mail goes in circles.
        if (hosts.Find(h => h.Addresses.IsOwn).Host is { } own)
        {
            hosts.RemoveAll(h => h.Host.Preference >= own.Preference);
            if (hosts.Count == 0)
            {
                return Never(550, "5.4.6", $"mail loop: mail for {domain} leads back to this host ({own.Name})");
            }
        }

        var last = hosts[^1];
        var refused = hosts.Find(h => h.Addresses.Refused.Count > 0);
        hosts.RemoveAll(h => h.Addresses.Usable.Count == 0 && h.Addresses.Failure is null);
        if (hosts.Exists(h => h.Addresses.Usable.Count > 0))
        {
            return new(Route(domain, [.. hosts.Select(h => h.Host)], tls, signedFor, anyTls));
        }

        return hosts.Count > 0 ? Later($"name service error for {hosts[0].Host.Name}: {hosts[0].Addresses.Failure}")
            : refused.Host is not null ? Never(550, "5.4.4", $"unable to route: {refused.Host.Name} is at {refused.Addresses.Refused[0]}, which is no public address")
            : Never(550, "5.4.4", $"unable to route: {last.Host.Name} has no address");
    }

    private SiteRoute Route(string domain, IReadOnlyList<MailHost> hosts, TlsMode tls, IReadOnlyList<string>? signedFor, bool anyTls)
    {
        var site = shaping.Current.SiteOf(domain, hosts);
        // Connections of domains that verify are not shared with those that don't.
        var destination = Destination(hosts) + (tls == TlsMode.Verified ? VerifiedMark : "") + (signedFor is null ? "" : SignedMark + string.Join('/', signedFor)) + (anyTls ? AnyMark : "");
        if (_routes.TryGetValue(destination, out var route) && route.Site == site)
        {
            return route;
        }

        MakeRoom(_routes);
        return _routes[destination] = new(site, hosts[0].Name, options.Port, tls) { Destination = destination, Exchangers = hosts, SignedFor = signedFor, AnyTls = anyTls };
    }

    /// <summary>Equal for equal hosts in equal order: "+" between equal preferences, "," before the next.</summary>
    private static string Destination(IReadOnlyList<MailHost> hosts)
    {
        var text = new StringBuilder(hosts[0].Name);
        for (var i = 1; i < hosts.Count; i++)
        {
            text.Append(hosts[i].Preference == hosts[i - 1].Preference ? '+' : ',').Append(hosts[i].Name);
        }

        return text.Length <= LongestDestination ? text.ToString()
            : $"{hosts[0].Name},{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text.ToString())).AsSpan(0, 12))}";
    }

    // An address in place of a name is a mistake that some make (RFC 1035 3.3.9 has a name there).
    private static bool IsHostName(string host) => DnsName.IsHost(host) && !host[(host.LastIndexOf('.') + 1)..].All(char.IsAsciiDigit);

    private static RouteAnswer Later(string words) => new(null, new(451, "4.4.3", Short(words)));

    private static RouteAnswer Never(int code, string status, string words) => new(null, new(code, status, Short(words)));

    private static string Short(string words) => words[..Math.Min(words.Length, SmtpReply.MaxTextLength)];

    private static void MakeRoom<T>(ConcurrentDictionary<string, T> full)
    {
        // All of it can be had again; what is lost is a look-up in the resolver's cache.
        if (full.Count >= MostKnown)
        {
            full.Clear();
        }
    }
}
