using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Grid.Mail.Sending;

/// <summary>How TLS is done towards receivers: the system's protocols and ciphers, no look-ups on the network while a certificate is judged.</summary>
internal static class SmtpTls
{
    public static SslClientAuthenticationOptions ClientOptions(string host, bool verify, Action<SslPolicyErrors> judged) => new()
    {
        TargetHost = host,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        CertificateChainPolicy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck },
        RemoteCertificateValidationCallback = (_, _, _, errors) =>
        {
            judged(errors);
            return !verify || errors == SslPolicyErrors.None;
        },
    };

    public static SmtpTlsFacts Facts(SslStream tls, SslPolicyErrors errors) => new(
        tls.SslProtocol.ToString(),
        tls.NegotiatedCipherSuite.ToString(),
        tls.RemoteCertificate?.Subject ?? "",
        errors == SslPolicyErrors.None,
        errors.ToString());
}
