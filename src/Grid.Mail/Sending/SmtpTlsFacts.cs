namespace Grid.Mail.Sending;

/// <summary>What TLS a connection runs on.</summary>
/// <param name="Protocol">For example "Tls13".</param>
/// <param name="Cipher">For example "TLS_AES_256_GCM_SHA384".</param>
/// <param name="Subject">The certificate's subject; empty where there is none.</param>
/// <param name="Verified">The certificate is the host's, by the word of <paramref name="Authority"/>.</param>
/// <param name="Errors">What public authorities have against it; "None" where nothing.</param>
/// <param name="Authority">"dane-ee" or "dane-ta" (RFC 7672), "pkix"; empty where nobody vouches for it.</param>
public sealed record SmtpTlsFacts(string Protocol, string Cipher, string Subject, bool Verified, string Errors, string Authority);
