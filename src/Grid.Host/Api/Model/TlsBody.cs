using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>What TLS an attempt went over.</summary>
/// <param name="Version">Such as TLSv1.3.</param>
/// <param name="VerifiedBy">dane-ee, dane-ta or pkix; absent where nobody vouches for the certificate.</param>
/// <param name="Certificate">Its subject.</param>
/// <param name="Sha256">Its fingerprint, in hex.</param>
public sealed record TlsBody(string Version, string Cipher, string? VerifiedBy, string? Certificate, string? Sha256)
{
    public static TlsBody? Of(TlsFacts? tls) => tls is null ? null : new(tls.Version, tls.Cipher, Given(tls.Authority), Given(tls.Subject), Given(tls.Fingerprint));

    private static string? Given(string value) => value.Length == 0 ? null : value;
}
