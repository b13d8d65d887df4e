using FsCheck;
using FsCheck.Fluent;
using Grid.Core.Feedback;

namespace Grid.Core.Tests.Feedback;

public sealed class TlsReportRecordTests
{
    [Theory]
    [InlineData("v=TLSRPTv1;rua=mailto:reports@example.com", "mailto:reports@example.com")]
    [InlineData("v=TLSRPTv1; rua=https://reporting.example.com/v1/tlsrpt", "https://reporting.example.com/v1/tlsrpt")]
    [InlineData("v=TLSRPTv1 ; rua=mailto:a@b.example , https://c.example/x ;", "mailto:a@b.example https://c.example/x")]
    [InlineData("v=TLSRPTv1; rua=mailto:a@b.example; ext.one=value", "mailto:a@b.example")]
    [InlineData("v=TLSRPTv1; ext=1; rua=mailto:a@b.example", "mailto:a@b.example")]
    [InlineData("v=TLSRPTv1; rua=mailto:a@b.example,mailto:a@b.example", "mailto:a@b.example")]
    [InlineData("v=TLSRPTv1; rua=mailto:a@b.example,ftp://c.example/", "mailto:a@b.example")]
    [InlineData("v=TLSRPTv1; rua=http://c.example/", "")]
    [InlineData("v=TLSRPTv1; rua=", "")]
    [InlineData("v=TLSRPTv1; rua=mailto:a@b.example,", "")]
    [InlineData("v=TLSRPTv1; rua=mailto:", "")]
    [InlineData("v=TLSRPTv1; rua=mailto:a@b.example!10m", "")]
    [InlineData("v=TLSRPTv1; rua=mailto:a b@b.example", "")]
    [InlineData("v=TLSRPTv1; rua=mailto:a@b.example; rua=mailto:c@d.example", "")]
    [InlineData("v=TLSRPTv1; rua=mailto:a@b.example; ;", "")]
    [InlineData("v=TLSRPTv1; rua=mailto:a@b.example; ext", "")]
    [InlineData("v=TLSRPTv1; rua=mailto:a@b.example; -ext=1", "")]
    [InlineData("v=TLSRPTv1; RUA=mailto:a@b.example", "")]
    [InlineData("v=TLSRPTv1;", "")]
    [InlineData("v=TLSRPTv1", "")]
    [InlineData("v=TLSRPTv10; rua=mailto:a@b.example", "")]
    [InlineData("V=tlsrptV1; rua=mailto:a@b.example", "")]
    [InlineData(" v=TLSRPTv1; rua=mailto:a@b.example", "")]
    public void Read_takes_what_the_rfc_allows(string text, string destinations) => Assert.Equal(destinations, string.Join(' ', TlsReportRecord.Read([text])));

    [Fact]
    public void Read_records_of_others_do_not_count_and_two_are_none()
    {
        const string Right = "v=TLSRPTv1; rua=mailto:a@b.example";
        Assert.Single(TlsReportRecord.Read(["v=spf1 -all", Right, "v=TLSRPTv2; rua=mailto:c@d.example"]));
        Assert.Empty(TlsReportRecord.Read([Right, "v=TLSRPTv1; rua=mailto:c@d.example"]));
        Assert.Empty(TlsReportRecord.Read([]));
    }

    [Theory]
    [InlineData("mailto:a@b.example", "a@b.example")]
    [InlineData("mailto:a%2Cb@b.example?subject=x", "a,b@b.example")]
    public void AddressOf_is_decoded_and_alone(string uri, string address) => Assert.Equal(address, TlsReportRecord.AddressOf(uri));

    [Fact]
    public void Read_whatever_comes_has_few_destinations_of_two_kinds()
    {
        var part = Gen.Elements("v=TLSRPTv1", ";", " ", "\t", "rua=", "mailto:", "https://", "a@b.example", "c.example/x", ",", "=", "ext", "!", "\0", "ü", "%2", "?", "//", "mailto:a@b.example,");
        Properties.Hold(
            part.ListOf().Select(parts => string.Concat(parts)).Select(text => text.StartsWith('v') ? text : "v=TLSRPTv1;rua=" + text),
            text => TlsReportRecord.Read([text]) is { Count: <= TlsReportRecord.MostDestinations } found
                && found.All(uri => uri.Length <= TlsReportRecord.MaxLength && uri.All(c => c is > ' ' and <= '~') && (uri.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || (uri.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) && TlsReportRecord.AddressOf(uri).Contains('@')))),
            2000);
    }
}
