using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Grid.System.Tests.Beds;

/// <summary>A self-signed certificate for localhost, in two PEM files as a server takes them.</summary>
internal sealed class MadeCertificate : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("grid-cert-").FullName;

    public MadeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        Certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(100));
        File.WriteAllText(CertificateFile, Certificate.ExportCertificatePem());
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
    }

    public X509Certificate2 Certificate { get; }

    public string CertificateFile => Path.Combine(_folder, "certificate.pem");

    public string KeyFile => Path.Combine(_folder, "key.pem");

    public void Dispose()
    {
        Certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
