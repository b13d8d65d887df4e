namespace Grid.Core.Vocabulary;

/// <summary>What TLS an attempt went over.</summary>
/// <param name="Version">Such as "TLSv1.3".</param>
/// <param name="Cipher">IANA's name, such as "TLS_AES_256_GCM_SHA384".</param>
/// <param name="Authority">By whose word the certificate is the host's: "dane-ee" or "dane-ta" (RFC 7672), "pkix" (RFC 5280); empty: nobody's.</param>
/// <param name="Fingerprint">SHA-256 of the certificate, lower case hex; empty without one.</param>
/// <param name="Subject">The certificate's subject, at most <see cref="MaxSubjectLength"/> characters.</param>
public sealed record TlsFacts(string Version, string Cipher, string Authority, string Fingerprint, string Subject)
{
    public const int MaxSubjectLength = 200;

    private const string Nothing = "-";

    /// <summary>As it is stored: five words, the subject last.</summary>
    public string Text => $"{Version} {Cipher} {Word(Authority)} {Word(Fingerprint)} {Subject}";

    /// <summary>Null for null, and for what is no such text.</summary>
    public static TlsFacts? Parse(string? text) =>
        text?.Split(' ', 5) is [var version, var cipher, var authority, var fingerprint, var subject]
            ? new(version, cipher, authority == Nothing ? "" : authority, fingerprint == Nothing ? "" : fingerprint, subject) : null;

    private static string Word(string value) => value.Length == 0 ? Nothing : value;
}
