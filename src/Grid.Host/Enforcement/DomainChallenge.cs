using System.Security.Cryptography;
using System.Text;
using Grid.Core.Enforcement.Vetting;
using Grid.Core.Ports;
using Grid.Host.Wiring;

namespace Grid.Host.Enforcement;

/// <summary>
/// The record by which a tenant proves that a domain is its own. In: tenant, domain. Out: the record to publish; what the DNS says of it.
/// Guarantees that the record is the same each time, and another for each tenant.
/// </summary>
public sealed class DomainChallenge(Secrets secrets, ITextRecords records, TimeProvider clock)
{
    /// <summary>Label below the domain that has the record.</summary>
    public const string Label = "_grid-challenge";

    private const int Bytes = 20;

    /// <summary>Name of the record.</summary>
    public static string Name(string domain) => $"{Label}.{domain}";

    /// <summary>Its text.</summary>
    public string Value(string tenant, string domain) =>
        "grid-verification=" + Convert.ToHexStringLower(HMACSHA256.HashData(secrets.Identity, Encoding.UTF8.GetBytes($"domain\n{tenant}\n{domain}")).AsSpan(0, Bytes));

    /// <summary>Looks it up.</summary>
    public async ValueTask<DomainProof> CheckAsync(string tenant, string domain, CancellationToken cancellationToken)
    {
        var (now, wanted) = (clock.GetUtcNow(), Value(tenant, domain));
        return await records.FindAsync(Name(domain), cancellationToken) switch
        {
            TextAnswer.Found found when found.Records.Any(value => value.Trim() == wanted) => new(domain, now, now, "the record is there"),
            TextAnswer.Found => new(domain, now, null, "the name has records, and none is this tenant's"),
            TextAnswer.None => new(domain, now, null, "there is no such record"),
            TextAnswer.Unavailable unavailable => new(domain, now, null, "the DNS doesn't answer: " + unavailable.Words),
            var other => throw new InvalidOperationException($"no answer {other.GetType().Name}"),
        };
    }
}
