using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grid.Mail.Dns;

namespace Grid.Mail.Tests.Sending;

/// <summary>A root, an authority below it and a server's certificate, made for a test.</summary>
internal sealed class MadeChain : IDisposable
{
    public MadeChain(string name, bool isExpired = false)
    {
        var now = DateTimeOffset.UtcNow;
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Root = Authority("CN=root", rootKey).CreateSelfSigned(now.AddYears(-5), now.AddYears(5));
        using var root = Root.HasPrivateKey ? null : Root.CopyWithPrivateKey(rootKey);
        Middle = Authority("CN=middle", middleKey).Create(root ?? Root, now.AddYears(-4), now.AddYears(4), [1]);
        using var middle = Middle.CopyWithPrivateKey(middleKey);
        var leaf = new CertificateRequest("CN=" + name, leafKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        leaf.CertificateExtensions.Add(names.Build());
        Leaf = leaf.Create(middle, now.AddYears(-3), isExpired ? now.AddDays(-1) : now.AddYears(3), [2]);
    }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Middle { get; }

    public X509Certificate2 Leaf { get; }

    /// <summary>A record for one of them, or for a stranger.</summary>
    public DnsRecord.TlsAssociation Record(byte usage, byte selector, byte matching, string which)
    {
        if (which == "stranger")
        {
            return new(usage, selector, matching, RandomNumberGenerator.GetBytes(matching == 2 ? 64 : 32));
        }

        var certificate = which switch { "root" => Root, "middle" => Middle, _ => Leaf };
        var data = selector == 0 ? certificate.RawData : certificate.PublicKey.ExportSubjectPublicKeyInfo();
        return new(usage, selector, matching, matching switch { 1 => SHA256.HashData(data), 2 => SHA512.HashData(data), _ => data });
    }

    public void Dispose()
    {
        Root.Dispose();
        Middle.Dispose();
        Leaf.Dispose();
    }

    private static CertificateRequest Authority(string subject, ECDsa key)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request;
    }
}
