using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Grid.Core.Ports;
using Grid.Mail.Dkim;
using Grid.Mail.Mime;
using Grid.System.Tests.Beds;

namespace Grid.System.Tests;

/// <summary>
/// Reports about TLS (RFC 8460) over real DNS, with a real Postfix whose certificates are right and wrong, under MTA-STS and DANE: what they say,
/// and that they arrive, by mail where the report's own receiver fails its own policy, and over HTTPS.
/// </summary>
[Collection(LoadCollection.Name)]
public sealed class TlsReportTests
{
    private const string Policies = "127.0.1.60", Reports = "127.0.1.61";
    private const string None = "127.0.1.1", Valid = "127.0.1.2", Expired = "127.0.1.3", Wrong = "127.0.1.4";

    [Fact]
    public async Task Domains_hear_how_the_tls_of_their_mail_hosts_came_out()
    {
        using var authority = new MadeAuthority();
        var (valid, expired, wrong) = (authority.Make("*.mx.test"), authority.Make("*.mx.test", isExpired: true), authority.Make("other.example"));
        await using var postfix = await PostfixServer.StartAsync(new Dictionary<string, string?> { [None] = null, [Valid] = valid.BothFile, [Expired] = expired.BothFile, [Wrong] = wrong.BothFile });
        var sts = new Dictionary<string, string> { ["testing"] = "testing", ["enforce"] = "enforce", ["old"] = "testing", ["reports"] = "enforce", ["elsewhere"] = "enforce" };
        await using var policies = new PolicyWeb(Policies, authority.Make("mta-sts.test", others: sts.Keys.Append("missing").Select(d => $"mta-sts.{d}.test")), sts.ToDictionary(
            p => $"mta-sts.{p.Key}.test", p => $"version: STSv1\nmode: {p.Value}\nmx: {(p.Key == "elsewhere" ? "mx.elsewhere.example" : "*.mx.test")}\nmax_age: 86400\n"));
        var port = FreePort.Next();
        await using var web = await ReportWeb.StartAsync(Reports, port, authority.Make("rua.test"));
        (string Name, string Address, string? Tlsa)[] domains =
        [
            ("fine", Valid, null), ("plain", None, null), ("testing", Wrong, null), ("enforce", Wrong, null), ("old", Expired, null), ("elsewhere", Valid, null), ("missing", Valid, null), ("strange", Valid, null),
            ("dane", Valid, "3 1 1 " + valid.KeyHash), ("stranger", Valid, "3 1 1 " + new string('0', 64)), ("unusable", Valid, "1 1 1 " + valid.KeyHash), ("reports", Wrong, null), ("quiet", Wrong, null),
        ];
        await using var dns = await DnsServers.StartSignedAsync([.. domains.SelectMany(d => Records(d.Name, d.Address, d.Tlsa, sts, postfix.Port, port)), $"rua A {Reports}"], []);
        await using var grid = await GridProcess.StartAsync(Setup(dns, authority, postfix.Port));
        var key = await grid.Api.TenantAsync("acme");
        var record = await SigningAsync(grid);

        var ids = await grid.Api.SendAsync(key, domains.Where(d => d.Name != "reports").Select(d => GridApi.Message("acme", $"someone@{d.Name}.test", d.Name)));
        foreach (var id in ids)
        {
            await Eventually.BecomesAsync(() => grid.Api.GetAsync($"/v1/messages/{id}", key), answer => answer.TextAt("state") != "queued", 60, "a message tried");
        }

        var faults = new List<string>();
        foreach (var (domain, type, succeeds, result, host) in ((string, string, bool, string, string)[])
        [
            ("fine", "no-policy-found", true, "", ""), ("plain", "no-policy-found", false, "starttls-not-supported", "plain.mx.test"),
            ("testing", "sts", false, "certificate-host-mismatch", "testing.mx.test"), ("enforce", "sts", false, "certificate-host-mismatch", "enforce.mx.test"),
            ("old", "sts", false, "certificate-expired", "old.mx.test"), ("elsewhere", "sts", false, "validation-failure", "elsewhere.mx.test"), ("missing", "sts", false, "sts-policy-fetch-error", "missing.mx.test"),
            ("strange", "sts", false, "sts-webpki-invalid", "strange.mx.test"),
            ("dane", "tlsa", true, "", ""), ("stranger", "tlsa", false, "validation-failure", "stranger.mx.test"), ("unusable", "tlsa", false, "tlsa-invalid", "unusable.mx.test"),
        ])
        {
            var made = await Eventually.BecomesAsync(() => grid.Api.PostAsync("/v1/tls-reports", new { domain = domain + ".test" }), answer => answer.Status == 201, 30, $"the report to {domain}");
            var policy = made.At("report.policies.0");
            var detail = made.At("report.policies.0.failure-details.0");
            var isRight = made.TextAt("report.policies.0.policy.policy-type") == type && made.TextAt("report.policies.0.policy.policy-domain") == domain + ".test"
                && made.NumberAt("succeeded") > 0 == succeeds && made.NumberAt("failed") > 0 != succeeds && made.NumberAt("deliveries.0.attempts") == 1
                && (succeeds || (made.TextAt("report.policies.0.failure-details.0.result-type") == result && made.TextAt("report.policies.0.failure-details.0.receiving-mx-hostname") == host));
            TestContext.Current.TestOutputHelper?.WriteLine($"{(isRight ? "" : "WRONG ")}{domain}: {policy}");
            if (!isRight)
            {
                faults.Add($"{domain}: {made.Text}");
            }

            if (domain == "testing")
            {
                Assert.Equal(
                    ["version: STSv1", "mode: testing", "mx: *.mx.test", "max_age: 86400", "*.mx.test"],
                    policy.GetProperty("policy").GetProperty("policy-string").EnumerateArray().Concat(policy.GetProperty("policy").GetProperty("mx-host").EnumerateArray()).Select(s => s.GetString()));
                Assert.Equal((Wrong, "mx.mailbox.example"), (detail.GetProperty("receiving-ip").GetString(), detail.GetProperty("receiving-mx-helo").GetString()));
                Assert.StartsWith("127.", detail.GetProperty("sending-mta-ip").GetString(), StringComparison.Ordinal);
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Equal(409, (await grid.Api.PostAsync("/v1/tls-reports", new { domain = "quiet.test" })).Status);

        // Over HTTPS came those of two domains; by mail all others, to a domain whose host has a certificate that its own policy forbids.
        Assert.Equal(["/dane", "/fine"], web.Posts.Select(p => p.Path).Order());
        Assert.All(web.Posts, post => Assert.Equal(("application/tlsrpt+gzip", post.Path[1..] + ".test"), (post.Type, Read(post.Body).GetProperty("policies")[0].GetProperty("policy").GetProperty("policy-domain").GetString())));
        var arrived = await Eventually.BecomesAsync(() => Task.FromResult(postfix.Read()["tls@reports.test"].ToList()), mails => mails.Count == 9, 60, "reports in the mailbox");
        foreach (var mail in arrived)
        {
            var message = MessageReader.Read(mail);
            var domain = message.Header("TLS-Report-Domain")!.Value.Trim();
            Assert.Equal(domain, Read(message.Parts[1].DecodedBody()).GetProperty("policies")[0].GetProperty("policy").GetProperty("policy-domain").GetString());
            var verdicts = await new DkimVerifier(new OneRecord(record), TimeProvider.System).VerifyAsync(mail.AsMemory(mail.AsSpan().IndexOf("DKIM-Signature:"u8)), TestContext.Current.CancellationToken);
            Assert.Contains(verdicts, verdict => verdict is { Result: DkimResult.Pass, Domain: "grid.test" });
        }

        // A report's own session is in no report.
        Assert.Equal(409, (await grid.Api.PostAsync("/v1/tls-reports", new { domain = "reports.test" })).Status);
        var metrics = (await grid.Api.GetAsync("/metrics")).Text;
        Assert.Contains("grid_tls_reports_total 11", metrics, StringComparison.Ordinal);
        Assert.Contains("grid_tls_report_deliveries_total{way=\"https\",result=\"sent\"} 2", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_that_was_made_when_the_grid_was_killed_is_sent_by_the_next()
    {
        using var authority = new MadeAuthority();
        await using var postfix = await PostfixServer.StartAsync(new Dictionary<string, string?> { [None] = null });
        var port = FreePort.Next();
        await using var web = await ReportWeb.StartAsync(Reports, port, authority.Make("rua.test"));
        await using var dns = await DnsServers.StartAsync([.. Records("fine", None, null, [], postfix.Port, port), $"rua A {Reports}"]);
        await using var grid = await GridProcess.StartAsync(Setup(dns, authority, postfix.Port));
        var key = await grid.Api.TenantAsync("acme");
        var id = Assert.Single(await grid.Api.SendAsync(key, [GridApi.Message("acme", "someone@fine.test")]));
        await grid.MessageBecomesAsync(id, key, "delivered");
        web.Hangs = true;
        var asked = grid.Api.PostAsync("/v1/tls-reports", new { domain = "fine.test" });
        await Eventually.BecomesAsync(() => web.Posts.Count, count => count == 1, 30, "the first POST");
        await grid.KillAsync();
        Assert.Equal(0, (await asked).Status);

        web.Hangs = false;
        await grid.StartAgainAsync();
        var sent = await Eventually.BecomesAsync(() => grid.Api.GetAsync("/v1/tls-reports"), answer => answer.TextAt("reports.0.deliveries.0.state") == "sent", 30, "the report is sent");
        Assert.Single(sent.At("reports").EnumerateArray());
        Assert.Equal(2, web.Posts.Count);
        Assert.Equal(web.Posts.First().Body, web.Posts.Last().Body);
    }

    private static GridSetup Setup(DnsServers dns, MadeAuthority authority, int mxPort) => new GridSetup()
        .With("Grid__Dns__Servers", dns.Resolver).With("Grid__Dns__Validating", "true").With("Grid__Dns__AllowPrivate", "true").With("Grid__HostName", "grid.test")
        .With("Grid__Dns__MxPort", mxPort.ToString(CultureInfo.InvariantCulture)).With("SSL_CERT_FILE", authority.RootFile).With("Grid__Webhooks__AllowPrivate", "true")
        .With("Grid__Dkim__Domain", "grid.test").With("Grid__Inbound__Domain", "bounces.grid.test").With("Grid__TlsReports__Organization", "Grid tests").With("Grid__TlsReports__Contact", "tls@grid.test");

    /// <summary>Has the platform's key sign; its record.</summary>
    private static async Task<string> SigningAsync(GridProcess grid)
    {
        var made = await Eventually.BecomesAsync(() => grid.Api.GetAsync("/v1/platform/domains/grid.test"), answer => answer.TextAt("keys.0.selector").Length > 0, 30, "the platform's key");
        Assert.Equal(200, (await grid.Api.PostAsync($"/v1/platform/domains/grid.test/keys/{made.TextAt("keys.0.selector")}/state", new { state = "active", force = true })).Status);
        return made.TextAt("keys.0.record.value");
    }

    private static IEnumerable<string> Records(string name, string address, string? tlsa, Dictionary<string, string> sts, int mxPort, int webPort)
    {
        yield return $"{name} MX 10 {name}.mx";
        yield return $"{name}.mx A {address}";
        if (tlsa is not null)
        {
            yield return $"_{mxPort}._tcp.{name}.mx TLSA {tlsa}";
        }

        if (sts.ContainsKey(name) || name is "missing" or "strange")
        {
            yield return $"_mta-sts.{name} TXT \"v=STSv1; id=1;\"";
            yield return $"mta-sts.{name} A {Policies}";
        }

        if (name is not "quiet")
        {
            yield return $"_smtp._tls.{name} TXT \"v=TLSRPTv1; rua={(name is "fine" or "dane" ? $"https://rua.test:{webPort}/{name}" : "mailto:tls@reports.test")}\"";
        }
    }

    private static JsonElement Read(byte[] compressed)
    {
        using var gzip = new GZipStream(new MemoryStream(compressed), CompressionMode.Decompress);
        return JsonDocument.Parse(gzip).RootElement.Clone();
    }

    private sealed class OneRecord(string value) : ITextRecords
    {
        public ValueTask<TextAnswer> FindAsync(string name, CancellationToken cancellationToken = default) => new(new TextAnswer.Found([value]));
    }
}
