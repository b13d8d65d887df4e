using System.Net;
using Grid.Core.Vocabulary;
using Grid.Host.Options;
using Microsoft.Extensions.Configuration;

namespace Grid.Host.Tests.Options;

public sealed class GridOptionsTests
{
    [Fact]
    public void Read_nothing_gives_the_documented_defaults()
    {
        var options = Read();

        Assert.Equal("./data", options.Data);
        Assert.Equal(new StorageOptions(StorageProvider.Sqlite, null, "grid", TimeSpan.Zero), options.Storage);
        Assert.Equal(["http://127.0.0.1:8080"], options.Http.Urls);
        Assert.Equal(ForwardedHeader.XForwardedFor, options.Http.Header);
        Assert.Empty(options.Http.TrustedProxies.Concat(options.Submission.TrustedProxies).Concat(options.Inbound.TrustedProxies));
        Assert.Equal("http://127.0.0.1:8080", options.PublicUrl);
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 2587), options.Submission.Listen);
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 2525), options.Inbound.Listen);
        Assert.Equal("bounces.localhost", options.Inbound.Domain);
        Assert.Null(options.OperatorKey);
        Assert.Null(options.ReadOnlyKey);
        Assert.Empty(options.Routes.All);
        Assert.Empty(options.Dns.Servers);
        Assert.Equal(TimeSpan.FromSeconds(30), options.Shutdown);
        Assert.Equal(LimitOptions.Default, options.Limits);
        Assert.Equal(new WebhookOptions(false, false, TimeSpan.FromSeconds(15)), options.Webhooks);
        Assert.Equal(new OtlpOptions(null, OtlpProtocol.Grpc, null, 0.01, TimeSpan.FromMinutes(1)), options.Otlp);
        Assert.False(options.Log.Addresses);
        Assert.Equal((IPAddress.Any, "default", null), (options.SendingIps.Single().Address, options.SendingIps[0].Pool, options.SendingIps[0].MaxRate));
    }

    [Fact]
    public void Read_every_option_is_taken()
    {
        var options = Read(
            ("Grid:Data", "/var/grid"), ("Grid:Storage:Provider", "postgresql"), ("Grid:Storage:ConnectionString", "Host=db"), ("Grid:Storage:Owner", "a1"),
            ("Grid:Http:Urls", "http://*:80;https://[::1]:443"), ("Grid:Submission:Listen", "[::1]:0"), ("Grid:Http:TrustedProxies", "10.0.0.0/8, ::1"), ("Grid:Http:ForwardedHeader", "forwarded"),
            ("Grid:Submission:TrustedProxies:0", "10.0.0.1"), ("Grid:Submission:TrustedProxies:1", "fd00::/8"), ("Grid:Inbound:TrustedProxies", "10.0.0.2"), ("Grid:Submission:Trusted:0:Network", "10.0.0.0/8"),
            ("Grid:Submission:Trusted:0:Tenant", "acme"), ("Grid:Inbound:Listen", "0.0.0.0:25"), ("Grid:Inbound:Domain", "Bounces.Example"),
            ("Grid:PublicUrl", "https://mail.example/"), ("Grid:OperatorKey", "0123456789abcdef"), ("Grid:Routes:0:Domain", "*"), ("Grid:Routes:0:Host", "127.0.0.1"),
            ("Grid:Routes:0:Port", "2526"), ("Grid:Routes:0:Tls", "none"), ("Grid:Dns:Servers", "127.0.0.1:53, [::1]:5353"), ("Grid:SendingIps:0:Address", "192.0.2.1"),
            ("Grid:SendingIps:0:Pool", "a"), ("Grid:SendingIps:0:Ehlo", "Out.Example"), ("Grid:SendingIps:0:MaxRate", "100/min;burst=20"),
            ("Grid:ShutdownSeconds", "5"), ("Grid:Node", "7"), ("Grid:HostName", "mx.example"), ("Grid:Limits:MaxBatch", "10"), ("Grid:Webhooks:AllowPrivate", "true"), ("Grid:Webhooks:AllowHttp", "True"), ("Grid:Webhooks:TimeoutSeconds", "60"),
            ("Grid:Otlp:Endpoint", "http://127.0.0.1:4318"), ("Grid:Otlp:Protocol", "HTTP"), ("Grid:Otlp:Headers", "a=b,c=d"), ("Grid:Otlp:TraceRatio", "0.5"),
            ("Grid:Otlp:IntervalSeconds", "5"), ("Grid:Log:Addresses", "true"));

        Assert.Equal(new StorageOptions(StorageProvider.PostgreSQL, "Host=db", "a1", TimeSpan.Zero), options.Storage);
        Assert.Equal(["http://*:80", "https://[::1]:443"], options.Http.Urls);
        Assert.Equal([IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("::1/128")], options.Http.TrustedProxies);
        Assert.Equal(ForwardedHeader.Forwarded, options.Http.Header);
        Assert.Equal([IPNetwork.Parse("10.0.0.1/32"), IPNetwork.Parse("fd00::/8")], options.Submission.TrustedProxies);
        Assert.Equal([IPNetwork.Parse("10.0.0.2/32")], options.Inbound.TrustedProxies);
        Assert.Equal(new IPEndPoint(IPAddress.IPv6Loopback, 0), options.Submission.Listen);
        Assert.Equal(new TrustedNetwork(IPNetwork.Parse("10.0.0.0/8"), "acme"), options.Submission.Trusted.Single());
        Assert.Equal("bounces.example", options.Inbound.Domain);
        Assert.Equal("https://mail.example", options.PublicUrl);
        Assert.Equal(new Route("*", "127.0.0.1", 2526, TlsMode.None), options.Routes.Find("any.example"));
        Assert.Equal([new(IPAddress.Loopback, 53), new(IPAddress.IPv6Loopback, 5353)], options.Dns.Servers);
        Assert.Equal(new SendingIpOptions(IPAddress.Parse("192.0.2.1"), "a", "out.example", new Rate(100, TimeSpan.FromMinutes(1), 20)), options.SendingIps.Single());
        Assert.Equal(new WebhookOptions(true, true, TimeSpan.FromSeconds(60)), options.Webhooks);
        Assert.Equal(new OtlpOptions(new("http://127.0.0.1:4318"), OtlpProtocol.Http, "a=b,c=d", 0.5, TimeSpan.FromSeconds(5)), options.Otlp);
        Assert.True(options.Log.Addresses);
        Assert.Equal((TimeSpan.FromSeconds(5), 7, "mx.example", 10), (options.Shutdown, options.Node, options.HostName, options.Limits.MaxBatch));
    }

    [Theory]
    [InlineData("Grid:Submission:Listen", "x", "Grid:Submission:Listen: must be ADDRESS:PORT, was 'x'")]
    [InlineData("Grid:Submission:Listen", "127.0.0.1", "Grid:Submission:Listen: must be ADDRESS:PORT, was '127.0.0.1'")]
    [InlineData("Grid:Submission:Listen", "127.0.0.1:65536", "Grid:Submission:Listen: must be ADDRESS:PORT, was '127.0.0.1:65536'")]
    [InlineData("Grid:Submission:Listen", "::1:25", "Grid:Submission:Listen: must be ADDRESS:PORT, was '::1:25'")]
    [InlineData("Grid:Submission:Listen", "1:25", "Grid:Submission:Listen: must be ADDRESS:PORT, was '1:25'")]
    [InlineData("Grid:Inbound:Domain", "a b", "Grid:Inbound:Domain: must be a domain name, was 'a b'")]
    [InlineData("Grid:Http:Urls", "ftp://x", "Grid:Http:Urls: must be http or https URLs with a semicolon between them, was 'ftp://x'")]
    [InlineData("Grid:Http:TrustedProxies", "10.0.0.0/33", "Grid:Http:TrustedProxies: must be networks such as 10.0.0.0/8 or fd00::/8, or single addresses, and never all there are, was '10.0.0.0/33'")]
    [InlineData("Grid:Http:TrustedProxies", "10.0.0.1, proxy.example", "Grid:Http:TrustedProxies: must be networks such as 10.0.0.0/8 or fd00::/8, or single addresses, and never all there are, was 'proxy.example'")]
    [InlineData("Grid:Http:TrustedProxies:0", "0.0.0.0/0", "Grid:Http:TrustedProxies:0: must be networks such as 10.0.0.0/8 or fd00::/8, or single addresses, and never all there are, was '0.0.0.0/0'")]
    [InlineData("Grid:Submission:TrustedProxies", "::/0", "Grid:Submission:TrustedProxies: must be networks such as 10.0.0.0/8 or fd00::/8, or single addresses, and never all there are, was '::/0'")]
    [InlineData("Grid:Inbound:TrustedProxies", "::ffff:10.0.0.0/104", "Grid:Inbound:TrustedProxies: must be networks such as 10.0.0.0/8 or fd00::/8, or single addresses, and never all there are, was '::ffff:10.0.0.0/104'")]
    [InlineData("Grid:Http:ForwardedHeader", "X-Real-IP", "Grid:Http:ForwardedHeader: must be X-Forwarded-For or Forwarded, was 'X-Real-IP'")]
    [InlineData("Grid:ShutdownSeconds", "-1", "Grid:ShutdownSeconds: must be a whole number from 0 to 3600, was '-1'")]
    [InlineData("Grid:ShutdownSeconds", "1e1", "Grid:ShutdownSeconds: must be a whole number from 0 to 3600, was '1e1'")]
    [InlineData("Grid:Storage:Provider", "1", "Grid:Storage:Provider: must be Sqlite or PostgreSQL, was '1'")]
    [InlineData("Grid:Storage:Provider", "PostgreSQL", "Grid:Storage:ConnectionString: is missing; it must be an Npgsql connection string, as Grid:Storage:Provider is PostgreSQL")]
    [InlineData("Grid:OperatorKey", "short", "Grid:OperatorKey: must be 16 to 512 visible ASCII characters")]
    [InlineData("Grid:Dns:Servers", "127.0.0.1:0", "Grid:Dns:Servers: must be ADDRESS:PORT, was '127.0.0.1:0'")]
    [InlineData("Grid:Tls:Certificate", "/nowhere", "Grid:Tls:Certificate: must be a file that exists, was '/nowhere'")]
    [InlineData("Grid:Submision:Listen", "127.0.0.1:1", "Grid:Submision:Listen: there is no such option; the nearest is Grid:Submission:Listen")]
    [InlineData("Grid:Route:0:Domain", "*", "Grid:Route:0:Domain: there is no such option; the nearest is Grid:Routes:N:Domain")]
    [InlineData("Grid:Webhooks:AllowPrivate", "yes", "Grid:Webhooks:AllowPrivate: must be true or false, was 'yes'")]
    [InlineData("Grid:Webhooks:TimeoutSeconds", "61", "Grid:Webhooks:TimeoutSeconds: must be a whole number from 1 to 60, was '61'")]
    [InlineData("Grid:Otlp:TraceRatio", "1.1", "Grid:Otlp:TraceRatio: must be a number from 0 to 1, was '1.1'")]
    [InlineData("Grid:Otlp:Protocol", "1", "Grid:Otlp:Protocol: must be grpc or http, was '1'")]
    [InlineData("Grid:Otlp:Headers", "secret", "Grid:Otlp:Headers: must be NAME=VALUE with commas between")]
    [InlineData("Grid:Log:Addresses", "1", "Grid:Log:Addresses: must be true or false, was '1'")]
    [InlineData("Grid:Submission", "x", "Grid:Submission: there is no such option")]
    public void Read_a_bad_option_names_it_and_the_rule(string key, string value, string fault) =>
        Assert.Contains(Faults((key, value)), line => line.StartsWith(fault, StringComparison.Ordinal));

    [Fact]
    public void Read_several_bad_options_are_all_named()
    {
        var faults = Faults(
            ("Grid:Routes:0:Domain", "a..b"), ("Grid:Routes:0:Host", "-"), ("Grid:Routes:0:Port", "0"), ("Grid:Routes:0:Tls", "2"), ("Grid:Routes:1:Domain", "x.example"),
            ("Grid:SendingIps:0:MaxRate", "1/year"), ("Grid:Submission:Trusted:0:Network", "10.0.0.0/99"), ("Grid:Nonsense", "1"));

        Assert.Equal(10, faults.Count);
        Assert.All(
            new[]
            {
                "Grid:Routes:0:Domain: must", "Grid:Routes:0:Host: must", "Grid:Routes:0:Port: must", "Grid:Routes:0:Tls: must", "Grid:Routes:1:Host: is missing",
                "Grid:SendingIps:0:Address: is missing", "Grid:SendingIps:0:MaxRate: must", "Grid:Submission:Trusted:0:Network: must", "Grid:Submission:Trusted:0:Tenant: is missing", "Grid:Nonsense: there",
            },
            start => Assert.Contains(faults, fault => fault.StartsWith(start, StringComparison.Ordinal)));
    }

    [Fact]
    public void Read_a_secret_is_not_repeated() =>
        Assert.DoesNotContain(Faults(("Grid:OperatorKey", "s3cret")), fault => fault.Contains("s3cret", StringComparison.Ordinal));

    [Fact]
    public void Read_keys_of_others_are_left_alone() => Assert.Empty(Faults(("Serilog:MinimumLevel", "Debug"), ("PATH", "/bin")));

    private static GridOptions Read(params (string Key, string Value)[] settings)
    {
        var reader = new OptionsReader(Configuration(settings));
        var options = GridOptions.Read(reader);
        Assert.Empty(reader.Faults);
        return options;
    }

    private static IReadOnlyList<string> Faults(params (string Key, string Value)[] settings)
    {
        var reader = new OptionsReader(Configuration(settings));
        GridOptions.Read(reader);
        return reader.Faults;
    }

    private static IConfigurationRoot Configuration((string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value)).Build();
}
