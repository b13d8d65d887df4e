using System.Security.Cryptography;
using Grid.Core.Vocabulary;

namespace Grid.Host.Webhooks;

/// <summary>What webhooks are signed with.</summary>
public static class WebhookSecrets
{
    private const int Bytes = 32;
    private const string Prefix = "whsec_";

    /// <summary>A new secret: 256 bits to share, or a private key on P-256 in PKCS #8.</summary>
    public static byte[] Make(WebhookFormat format)
    {
        if (format == WebhookFormat.Standard)
        {
            return RandomNumberGenerator.GetBytes(Bytes);
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKey();
    }

    /// <summary>What the receiver checks with, as it is shown: whsec_ with base64.</summary>
    public static string Show(ReadOnlySpan<byte> secret) => Prefix + Convert.ToBase64String(secret);

    /// <summary>The public half of a SendGrid webhook's key, base64 of its SubjectPublicKeyInfo, as SendGrid shows it.</summary>
    public static string ShowPublic(ReadOnlySpan<byte> secret)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(secret, out _);
        return Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
    }
}
