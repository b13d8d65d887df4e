using System.Text.Json.Nodes;
using Grid.Core.Vocabulary;
using Grid.Host.Feedback.TlsReports;

namespace Grid.Host.Tests.Feedback.TlsReports;

public sealed class TlsReportJsonTests
{
    // RFC 8460, appendix B, with mx-host as the errata have it, and without the link that we don't give.
    private const string Example = """
        {
          "organization-name": "Company-X",
          "date-range": { "start-datetime": "2016-04-01T00:00:00Z", "end-datetime": "2016-04-01T23:59:59Z" },
          "contact-info": "sts-reporting@company-x.example",
          "report-id": "5065427c-23d3-47ca-b6e0-946ea0e8c4be",
          "policies": [{
            "policy": {
              "policy-type": "sts",
              "policy-string": ["version: STSv1", "mode: testing", "mx: *.mail.company-y.example", "max_age: 86400"],
              "policy-domain": "company-y.example",
              "mx-host": ["*.mail.company-y.example"]
            },
            "summary": { "total-successful-session-count": 5326, "total-failure-session-count": 303 },
            "failure-details": [{
              "result-type": "starttls-not-supported",
              "sending-mta-ip": "2001:db8:abcd:13::1",
              "receiving-mx-hostname": "mx2.mail.company-y.example",
              "receiving-ip": "203.0.113.56",
              "failed-session-count": 200
            }, {
              "result-type": "certificate-expired",
              "sending-mta-ip": "2001:db8:abcd:12::1",
              "receiving-mx-hostname": "mx1.mail.company-y.example",
              "failed-session-count": 100
            }, {
              "result-type": "validation-failure",
              "sending-mta-ip": "198.51.100.62",
              "receiving-mx-hostname": "mx-backup.mail.company-y.example",
              "receiving-ip": "203.0.113.58",
              "failed-session-count": 3,
              "failure-reason-code": "X509_V_ERR_PROXY_PATH_LENGTH_EXCEEDED"
            }]
          }]
        }
        """;

    private static readonly DateOnly Day = new(2016, 4, 1);
    private static readonly DateTimeOffset From = new(2016, 4, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Write_is_the_example_of_the_rfc()
    {
        var policy = new TlsPolicy("sts", "version: STSv1\nmode: testing\nmx: *.mail.company-y.example\nmax_age: 86400", "*.mail.company-y.example");
        TlsCount[] counts =
        [
            new(Day, "company-y.example", policy, new(TlsResult.CertificateExpired, "2001:db8:abcd:12::1", "mx1.mail.company-y.example", "", "", ""), 100),
            new(Day, "company-y.example", policy, null, 5326),
            new(Day, "company-y.example", policy, new(TlsResult.StartTlsNotSupported, "2001:db8:abcd:13::1", "mx2.mail.company-y.example", "", "203.0.113.56", ""), 200),
            new(Day, "company-y.example", policy, new(TlsResult.ValidationFailure, "198.51.100.62", "mx-backup.mail.company-y.example", "", "203.0.113.58", "X509_V_ERR_PROXY_PATH_LENGTH_EXCEEDED"), 3),
        ];
        var json = TlsReportJson.Write("Company-X", "sts-reporting@company-x.example", "5065427c-23d3-47ca-b6e0-946ea0e8c4be", From, From.AddDays(1).AddSeconds(-1), "company-y.example", counts);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Example), JsonNode.Parse(json)), System.Text.Encoding.UTF8.GetString(json));
        Assert.Equal(json, TlsReportJson.Expand(TlsReportJson.Compress(json)));
    }

    [Fact]
    public void Write_has_an_entry_for_each_policy_that_held_that_day()
    {
        TlsCount[] counts = [new(Day, "a.example", TlsPolicy.None, null, 1), new(Day, "a.example", new("tlsa", "3 1 1 aa\n2 0 1 bb", ""), new(TlsResult.DnssecInvalid, "", "mx.a.example", "", "", "SERVFAIL"), 2)];
        var policies = JsonNode.Parse(TlsReportJson.Write("Örg \"X\"", "c@x.example", "1", From, From, "a.example", counts))!["policies"]!.AsArray();
        Assert.Equal(["no-policy-found 1 0", "tlsa 0 2"], policies.Select(p => $"{p!["policy"]!["policy-type"]} {p["summary"]!["total-successful-session-count"]} {p["summary"]!["total-failure-session-count"]}"));
        Assert.Equal(["3 1 1 aa", "2 0 1 bb"], policies[1]!["policy"]!["policy-string"]!.AsArray().Select(s => s!.GetValue<string>()));
        Assert.Null(policies[0]!["policy"]!["policy-string"]);
        Assert.Null(policies[0]!["policy"]!["mx-host"]);
        Assert.Equal("dnssec-invalid", policies[1]!["failure-details"]![0]!["result-type"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(TlsResult.StartTlsNotSupported, "starttls-not-supported")]
    [InlineData(TlsResult.CertificateHostMismatch, "certificate-host-mismatch")]
    [InlineData(TlsResult.CertificateExpired, "certificate-expired")]
    [InlineData(TlsResult.CertificateNotTrusted, "certificate-not-trusted")]
    [InlineData(TlsResult.ValidationFailure, "validation-failure")]
    [InlineData(TlsResult.TlsaInvalid, "tlsa-invalid")]
    [InlineData(TlsResult.DnssecInvalid, "dnssec-invalid")]
    [InlineData(TlsResult.StsPolicyFetchError, "sts-policy-fetch-error")]
    [InlineData(TlsResult.StsPolicyInvalid, "sts-policy-invalid")]
    [InlineData(TlsResult.StsWebPkiInvalid, "sts-webpki-invalid")]
    public void NameOf_is_the_registered_name(TlsResult result, string name) => Assert.Equal(name, TlsReportJson.NameOf(result));
}
