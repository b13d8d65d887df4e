using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Grid.Mail.Sending;

/// <summary>How TLS is done towards receivers: the system's protocols and ciphers, no look-ups on the network while a certificate is judged.</summary>
internal static class SmtpTls
{
    public static SslClientAuthenticationOptions ClientOptions(PeerCheck peer) => new()
    {
        TargetHost = peer.Name,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        CertificateChainPolicy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck },
        RemoteCertificateValidationCallback = peer.Judge,
    };
}
