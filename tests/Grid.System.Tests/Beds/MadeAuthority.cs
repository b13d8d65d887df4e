using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Grid.System.Tests.Beds;

/// <summary>An authority made for a test, and certificates of servers that it signs, in PEM files as servers take them.</summary>
internal sealed class MadeAuthority : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;
    private byte _serial;

    public MadeAuthority()
    {
        var request = new CertificateRequest("CN=Grid tests", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _root = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(40), DateTimeOffset.UnixEpoch.AddYears(100));
        File.WriteAllText(RootFile, _root.ExportCertificatePem());
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("grid-authority-").FullName;

    /// <summary>The root, for who is to trust it (SSL_CERT_FILE).</summary>
    public string RootFile => Path.Combine(Folder, "root.pem");

    /// <summary>Data of a TLSA record for the root, selector 0, SHA-256.</summary>
    public string RootHash => Convert.ToHexStringLower(SHA256.HashData(_root.RawData));

    /// <summary>Makes a certificate; key and chain stand in one file, the key also alone and the chain also alone.</summary>
    public Served Make(string name, bool isExpired = false, params IEnumerable<string> others)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var one in others.Prepend(name))
        {
            names.AddDnsName(one);
        }

        request.CertificateExtensions.Add(names.Build());
        var until = isExpired ? DateTimeOffset.UnixEpoch.AddYears(45) : DateTimeOffset.UnixEpoch.AddYears(99);
        using var certificate = request.Create(_root, DateTimeOffset.UnixEpoch.AddYears(41), until, [++_serial]);
        var file = Path.Combine(Folder, $"{_serial}");
        var chain = certificate.ExportCertificatePem() + "\n" + _root.ExportCertificatePem() + "\n";
        File.WriteAllText(file + ".key", key.ExportPkcs8PrivateKeyPem() + "\n");
        File.WriteAllText(file + ".pem", chain);
        File.WriteAllText(file + ".both", key.ExportPkcs8PrivateKeyPem() + "\n" + chain);
        return new(file + ".both", file + ".key", file + ".pem", Convert.ToHexStringLower(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo())));
    }

    public void Dispose()
    {
        _root.Dispose();
        _key.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <param name="KeyHash">Data of a TLSA record for its key, selector 1, SHA-256.</param>
    internal sealed record Served(string BothFile, string KeyFile, string ChainFile, string KeyHash);
}
