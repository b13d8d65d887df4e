using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Grid.Core.Vocabulary;
using Grid.Mail.Dns;
using Grid.Mail.Sending;
using Grid.Mail.Tests.Dns;
using Grid.Testing;

namespace Grid.Mail.Tests.Sending;

public sealed class MtaStsTests
{
    private const string Policy = "version: STSv1\r\nmode: enforce\r\nmx: mx.a.example\r\nmx: *.b.example\r\nmax_age: 3600\r\n";

    private readonly ManualClock _clock = new();
    private readonly ScriptedDns _dns = new();
    private readonly ScriptedPolicies _web = new();
    private string? _record = "v=STSv1; id=one;";

    [Theory]
    [InlineData("mx.a.example", true)]
    [InlineData("a.example", false)]
    [InlineData("x.mx.a.example", false)]
    [InlineData("one.b.example", true)]
    [InlineData("one.two.b.example", false)]
    [InlineData("b.example", false)]
    [InlineData("xb.example", false)]
    public void Allows_names_and_one_label_for_a_star(string host, bool allows)
    {
        Assert.True(MtaStsPolicy.TryParse(Policy, out var policy));
        Assert.Equal((MtaStsMode.Enforce, TimeSpan.FromHours(1), allows), (policy.Mode, policy.MaxAge, policy.Allows(host)));
    }

    [Theory]
    [InlineData("version: STSv1\nmode: none\nmax_age: 0\n", true)]
    [InlineData("version: STSv1\nmode: testing\nmx: a\nmax_age: 31557600\nother: x\n", true)]
    [InlineData("version: STSv1\nmode: testing\nmx: a\nmax_age: 31557601\n", false)]
    [InlineData("version: STSv2\nmode: none\nmax_age: 0\n", false)]
    [InlineData("version: STSv1\nmode: Enforce\nmx: a\nmax_age: 1\n", false)]
    [InlineData("version: STSv1\nmode: enforce\nmax_age: 1\n", false)]
    [InlineData("version: STSv1\nmode: enforce\nmx: a\n", false)]
    [InlineData("version: STSv1\nmode: enforce\nmx: a\nmax_age: -1\n", false)]
    [InlineData("nonsense", false)]
    [InlineData("", false)]
    public void TryParse_takes_what_the_rfc_allows(string text, bool right) => Assert.Equal(right, MtaStsPolicy.TryParse(text, out _));

    [Fact]
    public async Task FindAsync_policy_is_fetched_once_for_an_id_and_holds_while_it_cannot_be_had()
    {
        var sts = Make();
        _web.Texts["a.example"] = Policy;
        Assert.NotNull(await sts.FindAsync("a.example"));
        await sts.FindAsync("a.example");
        Assert.Equal(1, _web.Fetched);

        _web.Texts.Clear();
        _record = "v=STSv1; id=two;";
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.NotNull(await sts.FindAsync("a.example"));
        Assert.Equal(2, _web.Fetched);
        _record = null;
        _clock.Advance(TimeSpan.FromMinutes(57.9));
        Assert.NotNull(await sts.FindAsync("a.example"));
        _clock.Advance(TimeSpan.FromMinutes(0.1));
        Assert.Null(await sts.FindAsync("a.example"));
    }

    [Fact]
    public async Task FindAsync_fetch_that_failed_is_not_repeated_for_five_minutes()
    {
        var sts = Make();
        Assert.Null(await sts.FindAsync("a.example"));
        _web.Texts["a.example"] = Policy;
        _clock.Advance(TimeSpan.FromMinutes(4.99));
        Assert.Null(await sts.FindAsync("a.example"));
        Assert.Equal(1, _web.Fetched);
        _clock.Advance(TimeSpan.FromMinutes(0.01));
        Assert.NotNull(await sts.FindAsync("a.example"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("v=STSv1")]
    [InlineData("v=STSv1; id=;")]
    [InlineData("v=STSv1; id=with-dash;")]
    [InlineData("v=STSv10; id=1;")]
    [InlineData("v=spf1 -all")]
    public async Task FindAsync_without_a_right_record_asks_nobody(string? record)
    {
        _record = record;
        Assert.Null(await Make().FindAsync("a.example"));
        Assert.Equal(0, _web.Fetched);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 5\r\n\r\nhello", "hello")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello", null)]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example/\r\nContent-Length: 0\r\n\r\n", null)]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello", null)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 70000\r\n\r\nhello", null)]
    [InlineData("nonsense\r\n\r\n", null)]
    public async Task FetchAsync_takes_plain_text_over_tls_and_nothing_else(string answer, string? text)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=mta-sts.a.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue.AddYears(-1));
        var serving = ServeAsync(listener, certificate, answer);
        using var web = Web(((IPEndPoint)listener.LocalEndpoint).Port, allowPrivate: true, judge: (_, presented, _, _) => presented!.GetCertHashString() == certificate.GetCertHashString());
        Assert.Equal((text, text is null ? TlsResult.StsPolicyFetchError : TlsResult.Success), await web.FetchAsync("a.example", TestContext.Current.CancellationToken));
        Assert.StartsWith("GET /.well-known/mta-sts.txt HTTP/1.1", await serving, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_asks_no_private_address()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var web = Web(((IPEndPoint)listener.LocalEndpoint).Port, allowPrivate: false, judge: null);
        Assert.Null((await web.FetchAsync("a.example", TestContext.Current.CancellationToken)).Text);
        Assert.False(listener.Pending());
    }

    private static async Task<string> ServeAsync(TcpListener listener, X509Certificate2 certificate, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsServerAsync(certificate);
        var buffer = new byte[4096];
        var request = Encoding.ASCII.GetString(buffer, 0, await tls.ReadAsync(buffer));
        await tls.WriteAsync(Encoding.ASCII.GetBytes(answer));
        return request;
    }

    private MtaStsWeb Web(int port, bool allowPrivate, RemoteCertificateValidationCallback? judge)
    {
        _dns.Answering = (_, q, _) => ScriptedDns.Read(q, q.Type == DnsType.A ? DnsBytes.Answer(q, 1).Address(q.Name, "127.0.0.1") : DnsBytes.Answer(q));
        return new(new DnsResolver(new() { Servers = [ScriptedDns.First] }, _clock, _dns), new() { OwnName = "grid.example", AllowPrivate = allowPrivate }, port, judge);
    }

    private MtaSts Make()
    {
        _dns.Answering = (_, q, _) => ScriptedDns.Read(q, _record is null ? DnsBytes.Answer(q) : DnsBytes.Answer(q, 1).Text(q.Name, _record, 60));
        return new(new DnsResolver(new() { Servers = [ScriptedDns.First] }, _clock, _dns), _clock, _web);
    }
}
