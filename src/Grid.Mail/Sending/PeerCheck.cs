using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grid.Core.Vocabulary;
using Grid.Mail.Dns;

namespace Grid.Mail.Sending;

/// <summary>
/// Judges the certificate of a mail host, once, in its handshake. In: what is asked (nothing, PKIX as RFC 8461 has it, or TLSA records as
/// RFC 7672 has them), and the certificates that the host shows. Out: whether the handshake may go on, by whose word, and why not.
/// DANE goes before PKIX: where records bind, no public authority is asked.
/// </summary>
internal sealed class PeerCheck(string host, bool verify, DaneHost? dane)
{
    /// <summary>Chain faults that don't count under a trust anchor of the domain's own: that no public authority knows it, and that nobody was asked for revocations.</summary>
    private const X509ChainStatusFlags Harmless = X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.RevocationStatusUnknown | X509ChainStatusFlags.OfflineRevocation;

    private string _subject = "";
    private string _fingerprint = "";

    /// <summary>Said in SNI.</summary>
    public string Name => dane?.Base ?? host;

    /// <summary>What PKIX thinks of the certificate.</summary>
    public SslPolicyErrors Errors { get; private set; }

    /// <summary>By whose word it is the host's: "dane-ee", "dane-ta", "pkix"; empty by nobody's.</summary>
    public string Authority { get; private set; } = "";

    /// <summary>What PKIX thinks of it, in a report's words.</summary>
    public TlsResult Pkix { get; private set; }

    /// <summary>What the TLSA records say of it, in a report's words.</summary>
    public TlsResult Dane { get; private set; }

    /// <summary>What is wrong with the certificate, for a report; empty where nothing is.</summary>
    public string Words => Dane != TlsResult.Success ? Dane == TlsResult.TlsaInvalid ? "no usable TLSA record" : "the certificate matches no TLSA record" : Pkix != TlsResult.Success ? Errors.ToString() : "";

    /// <summary>Why the handshake was refused; null where it wasn't.</summary>
    public string? Refusal { get; private set; }

    public static PeerCheck Of(SmtpTarget target, TlsMode mode) => new(target.Host, mode == TlsMode.Verified, target.Dane);

    /// <summary>For <see cref="RemoteCertificateValidationCallback"/>.</summary>
    public bool Judge(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Errors = errors;
        Pkix = PkixOf(errors, chain);
        Note(certificate);
        if (dane is { Records.Count: > 0 } records)
        {
            Authority = certificate is null ? "" : AuthorityOf(records, X509CertificateLoader.LoadCertificate(certificate.GetRawCertData()), chain?.ChainPolicy.ExtraStore ?? []);
            // Under a trust anchor dates and names count too, and tell more.
            Dane = Authority.Length > 0 ? TlsResult.Success : records.HasAnchor && Pkix is TlsResult.CertificateExpired or TlsResult.CertificateHostMismatch ? Pkix : TlsResult.ValidationFailure;
            Refusal = Authority.Length > 0 ? null : $"DANE: the certificate of {host} matches none of the {records.Records.Count} TLSA records of {records.Base} (RFC 7672)";
            return Refusal is null;
        }

        Dane = dane is null ? TlsResult.Success : TlsResult.TlsaInvalid;
        Authority = errors == SslPolicyErrors.None ? "pkix" : "";
        Refusal = !verify || errors == SslPolicyErrors.None ? null : $"the certificate of {host} is not valid for it: {errors}";
        return Refusal is null;
    }

    /// <summary>What the connection runs on, once the handshake is over.</summary>
    public TlsFacts Facts(SslProtocols protocol, string cipher) => new(
        protocol switch { SslProtocols.Tls13 => "TLSv1.3", SslProtocols.Tls12 => "TLSv1.2", _ => protocol.ToString() }, cipher, Authority, _fingerprint, _subject);

    /// <summary>The gravest that is wrong: what stands in the chain before the name.</summary>
    private static TlsResult PkixOf(SslPolicyErrors errors, X509Chain? chain)
    {
        if (errors == SslPolicyErrors.None)
        {
            return TlsResult.Success;
        }

        var faults = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status) ?? X509ChainStatusFlags.NoError;
        return (faults & X509ChainStatusFlags.NotTimeValid) != 0 ? TlsResult.CertificateExpired
            : (faults & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain)) != 0 ? TlsResult.CertificateNotTrusted
            : errors == SslPolicyErrors.RemoteCertificateNameMismatch ? TlsResult.CertificateHostMismatch : TlsResult.ValidationFailure;
    }

    private void Note(X509Certificate? certificate)
    {
        if (certificate is not null)
        {
            _subject = certificate.Subject[..Math.Min(certificate.Subject.Length, TlsFacts.MaxSubjectLength)];
            _fingerprint = Convert.ToHexStringLower(SHA256.HashData(certificate.GetRawCertData()));
        }
    }

    private static string AuthorityOf(DaneHost dane, X509Certificate2 leaf, X509Certificate2Collection sent)
    {
        // The key is the domain's word: neither names nor dates count (3.1.1).
        if (dane.Records.Any(r => r.Usage == 3 && Matches(r, leaf)))
        {
            return "dane-ee";
        }

        var anchors = dane.Records.Where(r => r.Usage == 2).ToList();
        return anchors.Count > 0 && dane.Domains.Prepend(dane.Base).Any(name => leaf.MatchesHostname(name, allowWildcards: true, allowCommonName: true)) && EndsAt(anchors, leaf, sent) ? "dane-ta" : "";
    }

    /// <summary>The chain leads to a certificate that a record names, and is sound up to there.</summary>
    private static bool EndsAt(List<DnsRecord.TlsAssociation> anchors, X509Certificate2 leaf, X509Certificate2Collection sent)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        chain.ChainPolicy.ExtraStore.AddRange(sent);
        foreach (var anchor in anchors.Where(a => a is { Selector: 0, Matching: 0 }))
        {
            if (TryLoad(anchor.Data) is { } whole)
            {
                chain.ChainPolicy.ExtraStore.Add(whole);
            }
        }

        chain.Build(leaf);
        for (var i = 0; i < chain.ChainElements.Count; i++)
        {
            var element = chain.ChainElements[i];
            if (element.ChainElementStatus.Any(s => (s.Status & ~Harmless) != 0))
            {
                return false;
            }

            if (i > 0 && anchors.Exists(a => Matches(a, element.Certificate)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Matches(DnsRecord.TlsAssociation record, X509Certificate2 certificate)
    {
        var data = record.Selector == 0 ? certificate.RawData : certificate.PublicKey.ExportSubjectPublicKeyInfo();
        return record.Data.Span.SequenceEqual(record.Matching switch { 1 => SHA256.HashData(data), 2 => SHA512.HashData(data), _ => data });
    }

    private static X509Certificate2? TryLoad(ReadOnlyMemory<byte> data)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(data.Span);
        }
        catch (CryptographicException)
        {
            // A record that holds no certificate names none.
            return null;
        }
    }
}
