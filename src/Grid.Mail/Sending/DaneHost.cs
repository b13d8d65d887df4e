using System.Globalization;
using Grid.Mail.Dns;

namespace Grid.Mail.Sending;

/// <summary>
/// What DNSSEC says of a mail host's TLS (RFC 7672). In: a host that a validated answer named, and its port. Out: the TLSA records that bind, or
/// that there are none, or that nobody can say. Means as much as the resolver that validated, and the way to it, are trusted.
/// </summary>
/// <param name="Base">Name that the records stand under: said in SNI, and one that the certificate may be for.</param>
/// <param name="Records">Those that can be judged by: usages 2 and 3, selectors 0 and 1, matching 0 to 2, of each kind the strongest hash. Empty: encrypt, with whatever certificate (2.2).</param>
/// <param name="Failure">Why the records aren't known; mail must not go there now. Null when they are.</param>
public sealed record DaneHost(string Base, IReadOnlyList<DnsRecord.TlsAssociation> Records, string? Failure)
{
    /// <summary>Names beside <see cref="Base"/> that a certificate under a trust anchor may be for: the domain whose exchanger it is (3.2.3).</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>The records in presentation format (RFC 6698 2.2).</summary>
    public IReadOnlyList<string> Texts => [.. Records.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Usage} {r.Selector} {r.Matching} {Convert.ToHexStringLower(r.Data.Span)}"))];

    /// <summary>True where a record names a trust anchor, so that names count.</summary>
    public bool HasAnchor => Records.Any(r => r.Usage == 2);

    /// <summary>Looks a host up; null where nothing binds: its address or its records aren't signed, or it is signed that there are none.</summary>
    public static async ValueTask<(DaneHost? Host, DateTimeOffset ExpiresAt)> FindAsync(IDnsResolver resolver, string host, int port, CancellationToken cancellationToken)
    {
        var four = resolver.ResolveAsync(host, DnsType.A, cancellationToken);
        var six = await resolver.ResolveAsync(host, DnsType.Aaaa, cancellationToken).ConfigureAwait(false);
        DnsAnswer[] addresses = [await four.ConfigureAwait(false), six];
        var expiresAt = addresses.Min(a => a.ExpiresAt);
        foreach (var name in await BasesAsync(resolver, host, [.. addresses.Where(a => a.Status == DnsStatus.Found)], cancellationToken).ConfigureAwait(false))
        {
            var found = await resolver.ResolveAsync($"_{port}._tcp.{name}", DnsType.Tlsa, cancellationToken).ConfigureAwait(false);
            expiresAt = found.ExpiresAt < expiresAt ? found.ExpiresAt : expiresAt;
            if (found.Status == DnsStatus.ServerFailure)
            {
                return (new(name, [], $"DANE: the look-up of TLSA records for {name} failed: {found.Detail}"), expiresAt);
            }

            if (found is { Status: DnsStatus.Found, Authenticated: true })
            {
                return (new(name, Strongest(found.Of<DnsRecord.TlsAssociation>()), null), expiresAt);
            }
        }

        return (null, expiresAt);
    }

    /// <summary>Where records may stand (2.2.2): under the name at the end of a signed chain of CNAMEs and under the first; under the first alone where only its own CNAME is signed.</summary>
    private static async ValueTask<IReadOnlyList<string>> BasesAsync(IDnsResolver resolver, string host, IReadOnlyList<DnsAnswer> addresses, CancellationToken cancellationToken)
    {
        if (addresses.FirstOrDefault(a => a.Authenticated) is { } signed)
        {
            return signed.Name == host ? [host] : [signed.Name, host];
        }

        var isAlias = addresses.Any(a => a.Name != host);
        return isAlias && await resolver.ResolveAsync(host, DnsType.Cname, cancellationToken).ConfigureAwait(false) is { Status: DnsStatus.Found, Authenticated: true } ? [host] : [];
    }

    // PKIX usages 0 and 1 are as if they weren't there (3.1.3); a weaker hash of the same thing doesn't count beside a stronger (RFC 7671 9).
    private static List<DnsRecord.TlsAssociation> Strongest(IEnumerable<DnsRecord.TlsAssociation> records)
    {
        var usable = records.Where(IsUsable).ToList();
        return [.. usable.Where(r => r.Matching == 0 || !usable.Exists(o => o.Usage == r.Usage && o.Selector == r.Selector && o.Matching > r.Matching))];
    }

    private static bool IsUsable(DnsRecord.TlsAssociation record) => record is { Usage: 2 or 3, Selector: 0 or 1 }
        && record.Matching switch { 0 => record.Data.Length > 0, 1 => record.Data.Length == 32, 2 => record.Data.Length == 64, _ => false };
}
