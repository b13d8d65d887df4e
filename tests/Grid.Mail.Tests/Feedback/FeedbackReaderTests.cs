using Grid.Mail.Feedback;
using Grid.Mail.Tests.Mime;

namespace Grid.Mail.Tests.Feedback;

public sealed class FeedbackReaderTests
{
    private const string Returned = "Return-Path: <bounce+1@b.example>\nMessage-ID: <id1@b.example>\nFrom: s@b.example\nTo: r@d.example\nSubject: s\n\nbody\n";

    [Fact]
    public void Read_feedback_report_gives_its_fields()
    {
        var report = Read(
            "Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\n\nThis is a report.\n--b\nContent-Type: message/feedback-report\n\n"
            + "Feedback-Type: Abuse\nUser-Agent: X/1\nVersion: 1\nOriginal-Mail-From: <bounce+1@b.example>\nOriginal-Rcpt-To: <r@d.example>\nOriginal-Rcpt-To: r2@d.example\n"
            + "Reported-Domain: B.example\nSource-IP: 192.0.2.1\nOriginal-Envelope-Id: e1\n\n--b\nContent-Type: message/rfc822\n\n" + Returned + "--b--\n");
        Assert.Equal(FeedbackKind.Complaint, report.Kind);
        Assert.Equal([("r@d.example", "abuse"), ("r2@d.example", "abuse")], report.Reports.Select(static r => (r.Recipient, r.FeedbackType!)));
        Assert.Equal(("id1@b.example", "bounce+1@b.example", "bounce+1@b.example", "b.example", "192.0.2.1", "e1", "X/1"),
            (report.ReturnedMessageId, report.ReturnedReturnPath, report.OriginalMailFrom, report.ReportedDomain, report.SourceIp, report.OriginalEnvelopeId, report.Reporter));
        Assert.Equal(5, report.ReturnedHeaders.Count);
    }

    [Theory]
    [InlineData("abuse", FeedbackKind.Complaint)]
    [InlineData("fraud", FeedbackKind.Complaint)]
    [InlineData("virus", FeedbackKind.Complaint)]
    [InlineData("other", FeedbackKind.Complaint)]
    [InlineData("not-spam", FeedbackKind.None)]
    [InlineData("auth-failure", FeedbackKind.Abuse)]
    [InlineData("opt-out", FeedbackKind.Unsubscribe)]
    public void Read_feedback_type_decides_the_kind(string type, FeedbackKind kind)
    {
        var report = Read($"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: {type}\n\n--b\nContent-Type: text/rfc822-headers\n\n{Returned}--b--\n");
        Assert.Equal((kind, type, "r@d.example"), (report.Kind, report.Reports[0].FeedbackType, report.Reports[0].Recipient));
        Assert.Equal("id1@b.example", report.ReturnedMessageId);
    }

    [Fact]
    public void Read_bare_attached_message_with_its_recipient_is_a_complaint()
    {
        var report = Read("From: staff@hotmail.com\nSubject: complaint about message from 192.0.2.7\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nX-HmXmrOriginalRecipient: <r@d.example>\n" + Returned + "--b--\n");
        Assert.Equal((FeedbackKind.Complaint, "r@d.example", "abuse", "192.0.2.7", "id1@b.example"), (report.Kind, report.Reports[0].Recipient, report.Reports[0].FeedbackType, report.SourceIp, report.ReturnedMessageId));
    }

    [Theory]
    [InlineData("spam", FeedbackKind.Complaint)]
    [InlineData("login-attack", FeedbackKind.Abuse)]
    public void Read_xarf_gives_its_type(string type, FeedbackKind kind)
    {
        var report = Read($"X-XARF: PLAIN\nFrom: x@y.example\nSubject: abuse report\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhello\n--b\nContent-Type: text/plain; name=report.txt\n\nReport-Type: {type}\nSource: 192.0.2.9\nUser-Agent: t/1\n--b--\n");
        Assert.Equal((kind, type, "192.0.2.9"), (report.Kind, report.Reports[0].FeedbackType, report.SourceIp));
    }

    [Fact]
    public void Read_status_without_diagnostics_takes_each_recipients_own_line_of_the_text()
    {
        // As OpenSMTPD writes it; one address is the end of another.
        var report = Read(
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nHi!\n\nFull@d.example: 552 5.2.2 Mailbox full\nl@d.example: 550 5.1.1 no such user\n\n--b\n"
            + "Content-Type: message/delivery-status\n\nReporting-MTA: dns; a.example\n\nFinal-Recipient: rfc822; l@d.example\nAction: failed\nStatus: 5.0.0\n\nFinal-Recipient: rfc822; full@d.example\nAction: failed\nStatus: 5.0.0\n\n--b--\n");
        Assert.Equal(
            [("l@d.example", "5.1.1", "l@d.example: 550 5.1.1 no such user"), ("full@d.example", "5.2.2", "Full@d.example: 552 5.2.2 Mailbox full")],
            report.Reports.Select(static r => (r.Recipient, r.Status, r.Diagnostic!)));
    }

    [Fact]
    public void Read_status_notification_gives_every_recipient()
    {
        var report = Status(
            "Reporting-MTA: dns; mx.d.example\nOriginal-Envelope-Id: e9\n\nOriginal-Recipient: rfc822; alias@d.example\nFinal-Recipient: rfc822; r@d.example\nAction: failed (x)\nStatus: 5.0.0 (permanent)\nRemote-MTA: dns; in.d.example\n"
            + "Diagnostic-Code: smtp; 550-5.1.1 no such\n 550 5.1.1 user\n\nFinal-Recipient: rfc822;late@d.example\nAction: delayed\nStatus: 4.4.1\n\nFinal-Recipient: rfc822; ok@d.example\nAction: relayed\nStatus: 2.0.0\n");
        Assert.Equal(FeedbackKind.Bounce, report.Kind);
        Assert.Equal(
            [("r@d.example", "5.1.1", 550, "failed"), ("late@d.example", "4.4.1", 0, "delayed"), ("ok@d.example", "2.0.0", 0, "relayed")],
            report.Reports.Select(static r => (r.Recipient, r.Status, r.ReplyCode ?? 0, r.Action!)));
        Assert.Equal(("alias@d.example", "in.d.example", "550-5.1.1 no such 550 5.1.1 user"), (report.Reports[0].OriginalRecipient, report.Reports[0].RemoteMta, report.Reports[0].Diagnostic));
        Assert.Equal(("e9", "mx.d.example", "id1@b.example"), (report.OriginalEnvelopeId, report.Reporter, report.ReturnedMessageId));
    }

    [Theory]
    [InlineData("delayed", "4.4.1", FeedbackKind.Delayed)]
    [InlineData("delivered", "2.1.5", FeedbackKind.None)]
    [InlineData("relayed", "2.0.0", FeedbackKind.None)]
    [InlineData("expanded", "2.0.0", FeedbackKind.None)]
    [InlineData("failed", "5.1.1", FeedbackKind.Bounce)]
    public void Read_action_decides_the_kind(string action, string status, FeedbackKind kind)
    {
        var report = Status($"Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; r@d.example\nAction: {action}\nStatus: {status}\n");
        Assert.Equal((kind, status, action), (report.Kind, report.Reports[0].Status, report.Reports[0].Action));
    }

    [Fact]
    public void Read_groups_without_an_empty_line_between_them_are_told_apart()
    {
        var report = Status("Reporting-MTA: dns; x\nFinal-Recipient: rfc822; a@d.example\nAction: failed\nStatus: 5.1.1\nFinal-Recipient: rfc822; b@d.example\nAction: failed\nStatus: 5.2.2\n");
        Assert.Equal([("a@d.example", "5.1.1"), ("b@d.example", "5.2.2")], report.Reports.Select(static r => (r.Recipient, r.Status)));
    }

    [Fact]
    public void Read_notice_in_words_gives_each_recipient_its_own_reply()
    {
        var report = Read(
            "From: MAILER-DAEMON@mx.d.example\nSubject: failure notice\n\nI wasn't able to deliver your message to the following addresses.\n\n<one@d.example>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 no such user\n\n"
            + "<two@d.example>:\nRemote host said: 452 4.2.2 mailbox full\n\n--- Below this line is a copy of the message.\n\n" + Returned);
        Assert.Equal(FeedbackKind.Bounce, report.Kind);
        Assert.Equal([("one@d.example", "5.1.1", 550), ("two@d.example", "4.2.2", 452)], report.Reports.Select(static r => (r.Recipient, r.Status, r.ReplyCode ?? 0)));
        Assert.Equal(("id1@b.example", "bounce+1@b.example"), (report.ReturnedMessageId, report.ReturnedReturnPath));
    }

    [Theory]
    [InlineData("Subject: Automatic reply: hello\nAuto-Submitted: auto-replied\n\nI am out until Monday; mail to bob@d.example could not be delivered meanwhile.\n")]
    [InlineData("Return-Path: <>\nSubject: Out of office\n\nYour message was not delivered to me: I am away. Write to bob@d.example.\n")]
    [InlineData("Subject: Hello\n\nUser unknown is what they told me about bob@d.example, 550 5.1.1.\n")]
    [InlineData("Subject: Fwd: a message\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nsee below\n--b\nContent-Type: message/rfc822\n\n" + Returned + "--b--\n")]
    [InlineData("")]
    public void Read_anything_else_is_none(string text) => Assert.Equal(FeedbackKind.None, Read("From: bob@d.example\nTo: s@b.example\n" + text).Kind);

    [Fact]
    public void Read_alias_in_words_names_the_address_that_was_sent_to()
    {
        var report = Read("From: Mailer-Daemon@mx.d.example\nSubject: Mail delivery failed\n\nThe following address(es) failed:\n\n  inner@e.example\n    (generated from alias@d.example)\n    550 5.1.1 unknown\n");
        Assert.Equal([("inner@e.example", "alias@d.example", "5.1.1")], report.Reports.Select(static r => (r.Recipient, r.OriginalRecipient!, r.Status)));
    }

    [Fact]
    public void Read_report_inside_another_message_is_read()
    {
        var report = Read("From: gateway@d.example\nSubject: FYI\nContent-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: message/rfc822\n\nContent-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; r@d.example\nAction: failed\nStatus: 5.1.1\n--b--\n--o--\n");
        Assert.Equal((FeedbackKind.Bounce, "r@d.example", "5.1.1"), (report.Kind, report.Reports[0].Recipient, report.Reports[0].Status));
    }

    [Fact]
    public void Read_numbers_that_are_no_reply_codes_are_not_taken_for_one()
    {
        var report = Read("From: MAILER-DAEMON@d.example\nSubject: Undeliverable\n\n<r@d.example>: unknown user at <203.0.113.2> (size: 222, id 5123)\n");
        Assert.Equal(("5.0.0", null), (report.Reports[0].Status, report.Reports[0].ReplyCode));
    }

    [Fact]
    public void Read_auto_reply_says_so() => Assert.True(Read("From: r@d.example\nAuto-Submitted: auto-replied (vacation)\nSubject: Re: s\nIn-Reply-To: <id1@b.example>\n\nAway.\n") is { Kind: FeedbackKind.None, IsAutoReply: true, ReturnedMessageId: "id1@b.example" });

    [Theory]
    [InlineData("From: R <r@d.example>\nSubject: Unsubscribe\n\n")]
    [InlineData("From: R <r@d.example>\n\nunsubscribe\n")]
    public void Read_unsubscribe_mail_names_who_asks(string text)
    {
        var report = Read(text);
        Assert.Equal((FeedbackKind.Unsubscribe, "r@d.example"), (report.Kind, report.Reports[0].Recipient));
    }

    [Fact]
    public void Read_letter_to_abuse_is_abuse() => Assert.Equal(FeedbackKind.Abuse, Read("From: p@q.example\nTo: abuse@b.example\nSubject: spam from you\n\nStop.\n").Kind);

    [Fact]
    public void Read_hostile_report_stays_in_bounds()
    {
        var report = Status(string.Concat(Enumerable.Repeat("Final-Recipient: rfc822; a@d.example\nAction: failed\n\n", 20_000)));
        Assert.Equal(FeedbackReader.MaxReports, report.Reports.Count);
        var notice = Read("From: MAILER-DAEMON\nSubject: failure notice\n\n" + string.Concat(Enumerable.Range(0, 50_000).Select(static i => $"<u{i}@d.example>: 550 no such user\n")));
        Assert.Equal(FeedbackReader.MaxReports, notice.Reports.Count);
        var vague = Status(string.Concat(Enumerable.Repeat("Final-Recipient: rfc822; a@d.example\nAction: failed\n\n", 20_000)), notice: string.Concat(Enumerable.Repeat("a@d.example ", 50_000)));
        Assert.Equal(FeedbackReader.MaxReports, vague.Reports.Count);
        Assert.True(Status("Final-Recipient: rfc822; a@d.example\nDiagnostic-Code: smtp; 550 " + new string('x', 100_000)).Reports[0].Diagnostic!.Length <= RecipientReport.MaxDiagnosticLength);
    }

    private static FeedbackReport Status(string fields, string notice = "notice") =>
        Read($"From: MAILER-DAEMON@d.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\n{notice}\n--b\nContent-Type: message/delivery-status\n\n{fields}\n--b\nContent-Type: message/rfc822\n\n{Returned}--b--\n");

    private static FeedbackReport Read(string text) => FeedbackReader.Read(Raw.Lines(text));
}
