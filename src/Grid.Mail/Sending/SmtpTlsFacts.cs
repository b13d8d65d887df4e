namespace Grid.Mail.Sending;

/// <summary>What TLS a connection runs on.</summary>
/// <param name="Protocol">For example "Tls13".</param>
/// <param name="Cipher">For example "TLS_AES_256_GCM_SHA384".</param>
/// <param name="Subject">The certificate's subject; empty where there is none.</param>
/// <param name="Verified">The certificate is valid and is the host's.</param>
/// <param name="Errors">Why it isn't verified; "None" where it is.</param>
public sealed record SmtpTlsFacts(string Protocol, string Cipher, string Subject, bool Verified, string Errors);
