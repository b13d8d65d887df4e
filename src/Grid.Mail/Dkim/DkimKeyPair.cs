using System.Security.Cryptography;

namespace Grid.Mail.Dkim;

/// <summary>A key pair for one selector: RSA of 2,048 bits with SHA-256, which every verifier knows (RFC 8301).</summary>
/// <param name="PrivateKey">PKCS#8, in the clear: to be sealed before it is stored.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo, as published.</param>
public sealed record DkimKeyPair(byte[] PrivateKey, byte[] PublicKey)
{
    /// <summary>Size of a key in bits.</summary>
    public const int Bits = 2048;

    /// <summary>Makes one; takes about a tenth of a second.</summary>
    public static DkimKeyPair Make()
    {
        using var rsa = RSA.Create(Bits);
        return new(rsa.ExportPkcs8PrivateKey(), rsa.ExportSubjectPublicKeyInfo());
    }

    /// <summary>The text of the record that publishes a key (RFC 6376 section 3.6.1).</summary>
    public static string Record(ReadOnlySpan<byte> publicKey) => "v=DKIM1; k=rsa; p=" + Convert.ToBase64String(publicKey);

    /// <summary>Name of that record.</summary>
    public static string RecordName(string selector, string domain) => $"{selector}._domainkey.{domain}";

    /// <summary>Whether a record publishes that key.</summary>
    public static bool IsPublishedBy(string record, ReadOnlySpan<byte> publicKey) => DkimKeyRecord.Publishes(record, publicKey);
}
