using System.Security.Cryptography;
using System.Text;
using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement.Vetting;
using Grid.Core.Ports;
using Grid.Grains.Enforcement;
using Grid.Host.Wiring;

namespace Grid.Host.Enforcement;

/// <summary>
/// What terminated tenants were known by: company, postal address, domains, addresses, payment, origins of keys. In: a tenant that was
/// terminated; one that is new or changed. Out: what the two share. Guarantees that nothing of it is kept in the clear: the store has keyed
/// hashes, and whose they are. Remembering twice changes nothing. Fails with <see cref="StoreUnavailableException"/>.
/// </summary>
public sealed class IdentityMemory(Secrets secrets, IRegistry registry, TimeProvider clock)
{
    private const string Kind = "identity";

    /// <summary>A keyed hash, 64 hexadecimal digits.</summary>
    public string Mark(string kind, string value) => Convert.ToHexStringLower(HMACSHA256.HashData(secrets.Identity, Encoding.UTF8.GetBytes($"{kind}\n{value}")));

    /// <summary>Keeps what a tenant was known by.</summary>
    public async ValueTask RememberAsync(string tenant, CancellationToken cancellationToken)
    {
        if (await registry.FindAsync<TenantSpec>(Registered.Tenant, tenant, cancellationToken) is not { } spec)
        {
            return;
        }

        var file = await registry.FindAsync<VettingFile>(Registered.Vetting, tenant, cancellationToken) ?? VettingFile.Empty;
        foreach (var (kind, mark) in Marks(spec, file))
        {
            // The first keeps the mark: its own termination is what made it one.
            if (await registry.ReadAsync(Kind, mark, cancellationToken) is null)
            {
                await registry.PutAsync(Kind, mark, new IdentityMatch(kind, tenant, clock.GetUtcNow()), cancellationToken);
            }
        }
    }

    /// <summary>What a tenant shares with terminated ones; empty for most.</summary>
    public async ValueTask<IReadOnlyList<IdentityMatch>> MatchAsync(string tenant, TenantSpec spec, VettingFile file, CancellationToken cancellationToken)
    {
        var matches = new List<IdentityMatch>();
        foreach (var (_, mark) in Marks(spec, file))
        {
            if (await registry.FindAsync<IdentityMatch>(Kind, mark, cancellationToken) is { } match && match.Tenant != tenant)
            {
                matches.Add(match);
            }
        }

        return matches;
    }

    /// <summary>In words, for people.</summary>
    public static string Words(IReadOnlyList<IdentityMatch> matches) =>
        "shares " + string.Join(", ", matches.Select(match => $"its {Name(match.Kind)} with {match.Tenant}").Distinct()) + (matches.Select(match => match.Tenant).Distinct().Count() == 1 ? ", which was terminated" : ", which were terminated");

    private IEnumerable<(string Kind, string Mark)> Marks(TenantSpec spec, VettingFile file)
    {
        var profile = spec.Profile ?? new("", "", "", "", "");
        var ips = file.KeyIps.Concat(file.Acceptances.Select(a => a.Ip)).Concat(file.Attestations.Select(a => a.Ip)).Where(ip => ip.Length > 0);
        var marks = IdentityMarks.Of(profile.Company, profile.PostalAddress, profile.Website, profile.ContactEmail, spec.SendingDomains, file.Addresses.Select(a => a.Address), ips)
            .Select(mark => (mark.Kind, Mark(mark.Kind, mark.Value)));
        return file.PaymentMark is { } payment ? marks.Append(("payment", payment)) : marks;
    }

    private static string Name(string kind) => kind switch
    {
        "address" => "postal address",
        "email" => "email address",
        "payment" => "payment reference",
        "ip" => "keys' origin",
        _ => kind,
    };
}
