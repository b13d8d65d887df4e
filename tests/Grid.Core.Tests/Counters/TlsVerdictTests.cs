using Grid.Core.Counters;
using Grid.Core.Vocabulary;

namespace Grid.Core.Tests.Counters;

public sealed class TlsVerdictTests
{
    private static readonly TlsSession Fine = new("mx.example") { SourceIp = "192.0.2.1", HostIp = "192.0.2.9", Helo = "mx" };
    private static readonly StsFacts Sts = new(["version: STSv1", "mode: testing"], ["*.example.com", "mx.example"], TlsResult.Success);

    [Theory]
    [InlineData(TlsResult.Success, TlsResult.Success, TlsResult.Success)]
    [InlineData(TlsResult.Success, TlsResult.CertificateExpired, TlsResult.Success)]
    [InlineData(TlsResult.StartTlsNotSupported, TlsResult.Success, TlsResult.StartTlsNotSupported)]
    [InlineData(TlsResult.ValidationFailure, TlsResult.Success, TlsResult.ValidationFailure)]
    public void Of_without_a_policy_encryption_is_all_that_counts(TlsResult channel, TlsResult pkix, TlsResult result)
    {
        var verdict = TlsVerdict.Of(Fine with { Channel = channel, Pkix = pkix, Reason = "why" }, null);
        Assert.Equal(TlsPolicy.None, verdict.Policy);
        Assert.Equal(result == TlsResult.Success ? null : new TlsFailure(result, "192.0.2.1", "mx.example", "mx", "192.0.2.9", "why"), verdict.Failure);
    }

    [Theory]
    [InlineData("mx.example", TlsResult.Success, TlsResult.Success, TlsResult.Success)]
    [InlineData("mx.example", TlsResult.Success, TlsResult.CertificateHostMismatch, TlsResult.CertificateHostMismatch)]
    [InlineData("mx.example", TlsResult.StartTlsNotSupported, TlsResult.Success, TlsResult.StartTlsNotSupported)]
    [InlineData("other.example", TlsResult.Success, TlsResult.Success, TlsResult.ValidationFailure)]
    [InlineData("one.example.com", TlsResult.Success, TlsResult.Success, TlsResult.Success)]
    public void Of_mta_sts_asks_for_a_host_that_is_named_and_a_certificate(string host, TlsResult channel, TlsResult pkix, TlsResult result)
    {
        var verdict = TlsVerdict.Of(Fine with { Host = host, Channel = channel, Pkix = pkix }, Sts);
        Assert.Equal(("sts", "version: STSv1\nmode: testing", "*.example.com mx.example"), (verdict.Policy.Type, verdict.Policy.Lines, verdict.Policy.MxHosts));
        Assert.Equal(result, verdict.Failure?.Result ?? TlsResult.Success);
    }

    [Fact]
    public void Of_policy_that_cannot_be_had_is_what_failed()
    {
        var verdict = TlsVerdict.Of(Fine, new([], [], TlsResult.StsWebPkiInvalid));
        Assert.Equal((new TlsPolicy("sts", "", ""), TlsResult.StsWebPkiInvalid), (verdict.Policy, verdict.Failure!.Result));
    }

    [Theory]
    [InlineData(TlsResult.Success, TlsResult.Success, TlsResult.Success)]
    [InlineData(TlsResult.Success, TlsResult.ValidationFailure, TlsResult.ValidationFailure)]
    [InlineData(TlsResult.DnssecInvalid, TlsResult.Success, TlsResult.DnssecInvalid)]
    public void Of_records_that_bind_go_before_mta_sts(TlsResult channel, TlsResult dane, TlsResult result)
    {
        var verdict = TlsVerdict.Of(Fine with { Host = "other.example", Channel = channel, Pkix = TlsResult.CertificateNotTrusted, Dane = dane, Tlsa = ["3 1 1 aa", "2 0 1 bb"] }, Sts);
        Assert.Equal((new TlsPolicy("tlsa", "3 1 1 aa\n2 0 1 bb", ""), result), (verdict.Policy, verdict.Failure?.Result ?? TlsResult.Success));
    }
}
