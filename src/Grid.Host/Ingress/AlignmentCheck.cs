using Grid.Core.Admission;
using Grid.Core.Ports;
using Grid.Host.Options;

namespace Grid.Host.Ingress;

/// <summary>
/// Whether mail from a sending domain would pass what receivers ask of bulk senders: a DMARC record of the domain or of the one that was
/// registered, a signature aligned with it, and an SPF record of the return paths' domain. In: a domain and the domains whose keys sign
/// for it. Out: the records, and what is wrong. SPF itself never aligns, as return paths are the platform's, unless they are below the same registered domain.
/// </summary>
public sealed class AlignmentCheck(ITextRecords records, GridOptions options)
{
    private const string Dmarc = "v=DMARC1";
    private const string Spf = "v=spf1";

    /// <summary>Looks it up.</summary>
    /// <param name="signing">Domains with an active key, of the domain's tenant.</param>
    public async ValueTask<AlignmentView> LookAsync(string domain, IReadOnlyCollection<string> signing, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        var registered = RegistrableDomain.Of(domain);
        var dmarc = await OneAsync("_dmarc." + domain, Dmarc, faults, cancellationToken);
        if (dmarc is null && registered != domain)
        {
            dmarc = await OneAsync("_dmarc." + registered, Dmarc, faults, cancellationToken);
        }

        var spf = await OneAsync(options.Inbound.Domain, Spf, faults, cancellationToken);
        var strict = dmarc is not null && Tag(dmarc, "adkim") == "s";
        var dkimAligns = signing.Any(key => strict ? key == domain : key == domain || domain.EndsWith("." + key, StringComparison.Ordinal));
        var spfAligns = spf is not null && RegistrableDomain.Of(options.Inbound.Domain) == registered && (dmarc is null || Tag(dmarc, "aspf") != "s");
        if (dmarc is null)
        {
            faults.Add($"there is no DMARC record at _dmarc.{domain}{(registered != domain ? $" or _dmarc.{registered}" : "")}: publish at least \"v=DMARC1; p=none\"");
        }

        if (spf is null)
        {
            faults.Add($"{options.Inbound.Domain}, the domain of return paths, has no SPF record");
        }

        if (!dkimAligns)
        {
            faults.Add(strict && signing.Count > 0 ? "DMARC asks for a signature of the very domain (adkim=s), and no key of it signs" : "no key of the domain signs");
        }

        return new(dmarc, dmarc is null ? null : Tag(dmarc, "p") ?? "none", spf, dkimAligns, spfAligns, dmarc is not null && (dkimAligns || spfAligns), faults);
    }

    private async ValueTask<string?> OneAsync(string name, string version, List<string> faults, CancellationToken cancellationToken)
    {
        var answer = await records.FindAsync(name, cancellationToken);
        if (answer is TextAnswer.Unavailable unavailable)
        {
            faults.Add($"the DNS could not be asked about {name}: {unavailable.Words}");
        }

        var found = answer is TextAnswer.Found texts ? texts.Records.Where(text => Is(text, version)).ToList() : [];
        if (found.Count > 1)
        {
            faults.Add($"{name} has {found.Count} records that begin with {version}: receivers take none of them");
        }

        return found.Count == 1 ? found[0] : null;
    }

    /// <summary>The version is the first tag, and a whole word (RFC 7489 6.3, RFC 7208 4.5).</summary>
    private static bool Is(string text, string version) =>
        text.StartsWith(version, StringComparison.OrdinalIgnoreCase) && (text.Length == version.Length || text[version.Length] is ' ' or ';');

    private static string? Tag(string record, string name) =>
        record.Split(';').Select(tag => tag.Split('=', 2)).FirstOrDefault(tag => tag.Length == 2 && tag[0].Trim() == name)?[1].Trim().ToLowerInvariant();
}
