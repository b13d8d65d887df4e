using System.Text;
using Grid.Core.Vocabulary;
using Grid.Mail.Feedback;
using Grid.Mail.Mime;

namespace Grid.Mail.Tests.Feedback;

public sealed class DeliveryReportWriterTests
{
    private const string Original = "From: N <n@acme.example>\r\nMessage-ID: <1@acme.example>\r\nSubject: folded\r\n subject\r\n\r\nbody\r\n";

    private static readonly DateTimeOffset Then = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly ReportedRecipient Failed = new("bob@x.example", DsnAction.Failed, "5.1.1")
    {
        Original = "rfc822;Bob+2Bc@x.example",
        Reply = "550 5.1.1 user unknown",
        RemoteMta = "mx.x.example",
        TriedAt = Then.AddMinutes(1),
    };

    [Fact]
    public void Write_failure_has_the_three_parts_of_RFC_6522()
    {
        var report = Write(Report(Failed));
        Assert.Equal("multipart/report", report.ContentType.Value);
        Assert.Equal(["text/plain", "message/delivery-status", "text/rfc822-headers"], report.Parts.Select(part => part.ContentType.Value));
        Assert.Equal(
            """
            Reporting-MTA: dns; grid.example
            Original-Envelope-Id: QQ+314
            Arrival-Date: Thu, 01 Jan 2026 12:00:00 +0000

            Original-Recipient: rfc822; Bob+c@x.example
            Final-Recipient: rfc822; bob@x.example
            Action: failed
            Status: 5.1.1
            Remote-MTA: dns; mx.x.example
            Diagnostic-Code: smtp; 550 5.1.1 user unknown
            Last-Attempt-Date: Thu, 01 Jan 2026 12:01:00 +0000

            """.ReplaceLineEndings("\r\n"),
            Text(report.Parts[1]));
        Assert.Equal(Original[..Original.IndexOf("\r\n\r\n", StringComparison.Ordinal)], Text(report.Parts[2]).TrimEnd());
        Assert.Contains("550 5.1.1 user unknown", Text(report.Parts[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_is_read_as_what_it_is()
    {
        var read = FeedbackReader.Read(Bytes(Report(Failed, new("late@x.example", DsnAction.Delayed, "4.4.1") { Reply = "451 4.4.1 busy", TriedUntil = Then.AddDays(5) }, new("ok@x.example", DsnAction.Relayed, "2.1.9"))));
        Assert.Equal(FeedbackKind.Bounce, read.Kind);
        Assert.Equal(
            [("bob@x.example", "failed", "5.1.1"), ("late@x.example", "delayed", "4.4.1"), ("ok@x.example", "relayed", "2.1.9")],
            read.Reports.Select(one => (one.Recipient, one.Action!, one.Status)));
        Assert.Equal("1@acme.example", read.ReturnedMessageId);
        Assert.Equal("QQ+314", read.OriginalEnvelopeId);
    }

    [Theory]
    [InlineData("FULL", DsnAction.Failed, 10_000, "message/rfc822")]
    [InlineData("FULL", DsnAction.Failed, 90, "text/rfc822-headers")]
    [InlineData("FULL", DsnAction.Relayed, 10_000, "text/rfc822-headers")]
    [InlineData("HDRS", DsnAction.Failed, 10_000, "text/rfc822-headers")]
    [InlineData(null, DsnAction.Failed, 10_000, "text/rfc822-headers")]
    [InlineData("FULL", DsnAction.Failed, 0, null)]
    public void Write_returns_what_was_asked_within_the_bound(string? ret, DsnAction action, int most, string? expected)
    {
        var report = Write(Report(Failed with { Action = action }) with { Request = new("n@acme.example", ret), MaxReturnedBytes = most });
        Assert.Equal(expected, report.Parts.Skip(2).SingleOrDefault()?.ContentType.Value);
    }

    [Fact]
    public void Write_header_over_the_bound_is_cut_between_fields()
    {
        var report = Write(Report(Failed) with { MaxReturnedBytes = 70 });
        Assert.Equal("From: N <n@acme.example>\r\nMessage-ID: <1@acme.example>", Text(report.Parts[2]).TrimEnd());
    }

    [Fact]
    public void Write_hostile_words_add_no_line_and_no_field()
    {
        var hostile = Failed with
        {
            Original = "rfc822;a+0D+0AX-Evil:+201@x.example",
            Reply = "550 no\r\nAction: delivered\r\n\r\n--b " + new string('x', 3_000) + "\u2028\u0085\u0000é",
            RemoteMta = "mx\r\nStatus: 2.0.0",
        };
        var report = Report(hostile) with { Request = new("n@acme.example", null, "a+0D+0AX-Evil:+201") };
        var status = Text(Write(report).Parts[1]);
        Assert.DoesNotContain("X-Evil", status, StringComparison.Ordinal);
        Assert.Single(status.Split("\r\n"), line => line.StartsWith("Action:", StringComparison.Ordinal));
        Assert.Single(status.Split("\r\n"), line => line.StartsWith("Status:", StringComparison.Ordinal));
        Assert.All(status.Split("\r\n"), line => Assert.InRange(line.Length, 0, 998));
        Assert.True(Ascii.IsValid(Bytes(report)));
        Assert.Single(FeedbackReader.Read(Bytes(report)).Reports);
    }

    [Fact]
    public void Write_addresses_beyond_ascii_make_it_a_global_report_that_goes_over_7_bits()
    {
        var report = Report(Failed with { Address = "jürgen@x.example", Original = @"utf-8;j\x{FC}rgen@x.example" }) with { Message = Encoding.UTF8.GetBytes("Subject: ü\r\n\r\n") };
        var read = Write(report);
        Assert.Equal(["text/plain", "message/global-delivery-status", "message/global-headers"], read.Parts.Select(part => part.ContentType.Value));
        Assert.Contains("Final-Recipient: utf-8; jürgen@x.example", Encoding.UTF8.GetString(read.Parts[1].DecodedBody()), StringComparison.Ordinal);
        Assert.True(Ascii.IsValid(Bytes(report)));
    }

    [Theory]
    [InlineData("a+2Bb", "a+b")]
    [InlineData("plain", "plain")]
    [InlineData("a+0Ab", null)]
    [InlineData("a+FFb", null)]
    [InlineData("a+2", null)]
    [InlineData("a+zz", null)]
    public void Decode_gives_printable_ascii_or_nothing(string text, string? expected) => Assert.Equal(expected, Xtext.Decode(text));

    private static DeliveryReport Report(params ReportedRecipient[] recipients) => new()
    {
        From = new("Mail Delivery System", Address("postmaster@bounces.example")),
        To = Address("n@acme.example"),
        MessageId = "2@bounces.example",
        Date = Then.AddMinutes(2),
        Host = "grid.example",
        ArrivedAt = Then,
        Request = new("n@acme.example", null, "QQ+2B314"),
        Recipients = recipients,
        Message = Encoding.ASCII.GetBytes(Original),
        MaxReturnedBytes = 10_000,
    };

    private static byte[] Bytes(DeliveryReport report) => Assert.IsType<Composition.Done>(DeliveryReportWriter.Write(report)).Bytes;

    private static MimeEntity Write(DeliveryReport report) => MessageReader.Read(Bytes(report));

    private static string Text(MimeEntity part) => Encoding.UTF8.GetString(part.DecodedBody());

    private static EmailAddress Address(string text) => EmailAddress.TryParse(text, out var address) ? address : throw new FormatException(text);
}
