using System.Security.Cryptography;
using System.Text;
using Grid.Host.Feedback;
using Grid.Host.Tests.Whole;
using Grid.Mail.Dkim;
using Grid.Testing;

namespace Grid.Host.Tests.Feedback;

public sealed class DkimSignersTests : IDisposable
{
    private const string Report = "From: <fbl@reporter.example>\r\nTo: <fbl@bounces.localhost>\r\nSubject: complaint\r\n\r\nA report.\r\n";

    private readonly ManualClock _clock = new();
    private readonly PublishedRecords _records = new();
    private readonly RSA _key = RSA.Create(2048);

    [Fact]
    public async Task SignersAsync_a_good_signature_names_its_domain_and_an_altered_message_nobody()
    {
        var signed = Signed("reporter.example");

        Assert.Equal(["reporter.example"], (await SignersAsync(signed)).Domains);
        Assert.Empty((await SignersAsync(signed.Replace("A report", "Another", StringComparison.Ordinal))).Domains);
        Assert.Empty((await SignersAsync(signed.Replace("fbl@reporter", "eve@reporter", StringComparison.Ordinal))).Domains);
        Assert.Empty((await SignersAsync(Report)).Domains);
    }

    [Fact]
    public async Task SignersAsync_a_key_that_is_being_tried_out_proves_nothing()
    {
        var signed = Signed("reporter.example", "t=y; ");

        Assert.Empty((await SignersAsync(signed)).Domains);
    }

    public void Dispose() => _key.Dispose();

    private async Task<Core.Ports.Signers> SignersAsync(string message) => await new DkimSigners(new(_records, _clock)).SignersAsync(Encoding.ASCII.GetBytes(message));

    private string Signed(string domain, string flags = "")
    {
        _records.Publish("s1._domainkey." + domain, $"v=DKIM1; {flags}k=rsa; p={Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo())}");
        var bytes = Encoding.ASCII.GetBytes(Report);
        return Encoding.ASCII.GetString(DkimSigner.Sign(bytes, [], [new DkimSigningKey(domain, "s1", _key.ExportPkcs8PrivateKey())], _clock.GetUtcNow()));
    }
}
