using System.Text;
using Grid.Mail.Mime;

namespace Grid.Mail.Tests.Mime;

public sealed class MessageComposerTests
{
    internal static ComposedMessage Basic { get; } = new()
    {
        From = Box("Grid <from@example.com>"),
        To = [Box("to@example.net")],
        Subject = "Hello",
        Text = "Hi there\n",
        MessageId = "1@example.com",
        Date = new(2026, 2, 3, 4, 5, 6, TimeSpan.FromHours(-3.5)),
    };

    [Fact]
    public void Compose_plain_text_gives_these_bytes() =>
        Assert.Equal(
            """
            Date: Tue, 03 Feb 2026 04:05:06 -0330
            From: Grid <from@example.com>
            To: to@example.net
            Message-ID: <1@example.com>
            Subject: Hello
            MIME-Version: 1.0
            Content-Type: text/plain; charset=us-ascii
            Content-Transfer-Encoding: 7bit

            Hi there

            """.ReplaceLineEndings("\r\n"),
            Raw.Text(Done(Basic)));

    [Fact]
    public void Compose_text_html_and_files_nests_them()
    {
        var message = MessageReader.Read(Done(Basic with
        {
            Html = "<p>Grüße <img src=\"cid:logo\"></p>",
            Attachments =
            [
                new("logo.png", "image/png", new byte[] { 1, 2, 3 }, "logo", IsInline: true),
                new("Rechnung für März, lang und länger und noch länger.pdf", "application/pdf", new byte[1000]),
                new("note.eml", "message/rfc822", Raw.Lines("From: a@b.example\nSubject: inner\n\nÄ\n")),
            ],
        }));
        Assert.Equal(MessageDefects.None, message.Defects);
        Assert.Equal(
            ["multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png", "application/pdf", "message/rfc822", "text/plain"],
            message.Descendants().Select(static e => e.ContentType.Value));
        Assert.Equal("<p>Grüße <img src=\"cid:logo\"></p>", message.Parts[0].Parts[1].Parts[0].Text());
        Assert.Equal("Rechnung für März, lang und länger und noch länger.pdf", ContentType.Parse(message.Parts[1].Header("Content-Disposition")!.Value)["filename"]);
        Assert.Equal("<logo>", message.Parts[0].Parts[1].Parts[1].Header("Content-ID")!.Value);
        Assert.Equal(new byte[1000], message.Parts[1].DecodedBody());
        Assert.Equal("8bit", message.Parts[2].Header("Content-Transfer-Encoding")!.Value);
    }

    [Fact]
    public void Compose_attached_message_that_is_eight_bit_says_so()
    {
        var done = Assert.IsType<Composition.Done>(MessageComposer.Compose(Basic with { Attachments = [new("a.eml", "message/rfc822", Raw.Lines("From: a@b.example\n\nÄ\n"))] }));
        Assert.True(done.IsEightBit);
        Assert.False(done.NeedsUtf8);
    }

    [Fact]
    public void Compose_attached_message_with_bare_line_ends_goes_as_a_file()
    {
        var message = MessageReader.Read(Done(Basic with { Attachments = [new("a.eml", "message/rfc822", Raw.Exact("From: a@b.example\n\nx"))] }));
        Assert.Equal("application/octet-stream", message.Parts[1].ContentType.Value);
        Assert.Equal("From: a@b.example\n\nx", Raw.Text(message.Parts[1].DecodedBody()));
    }

    [Fact]
    public void Compose_without_recipients_says_undisclosed() =>
        Assert.Contains("\r\nTo: undisclosed-recipients:;\r\n", Raw.Text(Done(Basic with { To = [] })), StringComparison.Ordinal);

    [Fact]
    public void Compose_local_part_beyond_ascii_needs_utf8()
    {
        var done = Assert.IsType<Composition.Done>(MessageComposer.Compose(Basic with { To = [Box("jürgen@example.com")] }));
        Assert.True(done.NeedsUtf8);
        Assert.Contains("To: jürgen@example.com\r\n", Encoding.UTF8.GetString(done.Bytes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Plain words")]
    [InlineData("Grüße")]
    [InlineData("日本語の件名はとても長いので、いくつかの符号化された語に分けられなければなりません。本当です。")]
    [InlineData("=?utf-8?Q?not_decoded?=")]
    [InlineData(" leading and trailing ")]
    [InlineData("two  blanks   kept, in a subject that is long enough to be folded somewhere   in the middle of it all")]
    [InlineData("emoji 😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀 done")]
    [InlineData("a\u00A0b")]
    [InlineData("")]
    public void Compose_subject_is_read_back_and_lines_are_short(string subject)
    {
        var bytes = Done(Basic with { Subject = subject, From = new(subject, Basic.From.Address) });
        Assert.True(Raw.LongestLine(bytes) <= 78, Raw.Text(bytes));
        var message = MessageReader.Read(bytes);
        Assert.Equal(subject, message.Header("Subject")!.Text);
        Assert.Equal(subject, MailboxParser.Parse(message.Header("From")!.Value)[0].Name);
    }

    [Fact]
    public void Compose_subject_without_blanks_of_2000_characters_stays_within_998()
    {
        var subject = new string('x', 2000);
        var bytes = Done(Basic with { Subject = subject });
        Assert.True(Raw.LongestLine(bytes) <= 78);
        Assert.Equal(subject, MessageReader.Read(bytes).Header("Subject")!.Text);
    }

    [Theory]
    [InlineData("a\rb\nc\r\nd", "a\r\nb\r\nc\r\nd")]
    [InlineData("From here\n.\n..\ntrailing \n\tü", "From here\r\n.\r\n..\r\ntrailing \r\n\tü")]
    [InlineData("bell \u0007 and \0 nul", "bell \u0007 and \0 nul")]
    public void Compose_text_arrives_whatever_it_holds(string text, string expected)
    {
        var bytes = Done(Basic with { Text = text });
        Assert.Equal(expected, MessageReader.Read(bytes).Text());
        Assert.True(Raw.Text(bytes).All(static c => c is '\r' or '\n' or '\t' or >= ' ' and <= '~'));
    }

    [Fact]
    public void Compose_lone_surrogate_becomes_a_replacement_character() =>
        Assert.Equal("lone \uFFFD", MessageReader.Read(Done(Basic with { Text = "lone \uD800" })).Text());

    [Fact]
    public void Compose_text_with_the_boundary_in_it_cannot_end_a_part()
    {
        var first = Raw.Text(Done(Basic with { Html = "<p>x" }));
        var start = first.IndexOf("boundary=\"", StringComparison.Ordinal) + 10;
        var boundary = first[start..first.IndexOf('"', start)];
        var message = MessageReader.Read(Done(Basic with { Html = "<p>x", Text = $"a\n--{boundary}--\nb" }));
        Assert.Equal($"a\r\n--{boundary}--\r\nb", message.Parts[0].Text());
        Assert.Equal(2, message.Parts.Count);
    }

    [Theory]
    [InlineData("\r\nBcc: x@y.example")]
    [InlineData("\nX: y")]
    [InlineData("\rX")]
    [InlineData("a\0b")]
    [InlineData("a\u000Bb")]
    [InlineData("a\u007Fb")]
    [InlineData("a\tb")]
    [InlineData("\u001B[2J")]
    public void Compose_control_in_any_value_is_refused_with_its_field(string value)
    {
        Assert.Equal(["subject"], Faults(Basic with { Subject = value }));
        Assert.Equal(["from"], Faults(Basic with { From = new(value, Basic.From.Address) }));
        Assert.Equal(["sender"], Faults(Basic with { Sender = new(value, Basic.From.Address) }));
        Assert.Equal(["to[1]"], Faults(Basic with { To = [Basic.To[0], new(value, Basic.From.Address)] }));
        Assert.Equal(["cc[0]"], Faults(Basic with { Cc = [new(value, Basic.From.Address)] }));
        Assert.Equal(["replyTo[0]"], Faults(Basic with { ReplyTo = [new(value, Basic.From.Address)] }));
        Assert.Equal(["headers[X-A]"], Faults(Basic with { Headers = [new("X-A", value)] }));
        Assert.Equal(["headers"], Faults(Basic with { Headers = [new("X-A" + value, "b")] }));
        Assert.Equal(["messageId"], Faults(Basic with { MessageId = "a@b" + value }));
        Assert.Equal(["attachments[0].filename"], Faults(Basic with { Attachments = [new(value, "text/plain", default)] }));
        Assert.Equal(["attachments[0].contentType"], Faults(Basic with { Attachments = [new("a", "text/plain" + value, default)] }));
        Assert.Equal(["attachments[0].contentId"], Faults(Basic with { Attachments = [new("a", "text/plain", default, value)] }));
    }

    [Theory]
    [InlineData("from")]
    [InlineData("Sender")]
    [InlineData("Reply-To")]
    [InlineData("TO")]
    [InlineData("Cc")]
    [InlineData("Bcc")]
    [InlineData("Subject")]
    [InlineData("Date")]
    [InlineData("Message-Id")]
    [InlineData("MIME-Version")]
    [InlineData("Content-Type")]
    [InlineData("content-transfer-encoding")]
    [InlineData("Received")]
    [InlineData("Return-Path")]
    [InlineData("DKIM-Signature")]
    [InlineData("ARC-Seal")]
    [InlineData("Resent-From")]
    [InlineData("Authentication-Results")]
    public void Compose_reserved_header_is_refused(string name) => Assert.Equal([$"headers[{name}]"], Faults(Basic with { Headers = [new(name, "x")] }));

    [Theory]
    [InlineData("")]
    [InlineData("A:")]
    [InlineData("A B")]
    [InlineData("Ä")]
    [InlineData(" X")]
    public void Compose_name_that_is_no_field_name_is_refused(string name) => Assert.Equal(["headers"], Faults(Basic with { Headers = [new(name, "x")] }));

    [Theory]
    [InlineData("multipart/mixed")]
    [InlineData("text")]
    [InlineData("text/")]
    [InlineData("text/plain; charset")]
    [InlineData("text/plain; charset=\"a")]
    [InlineData("text/plain, a/b")]
    [InlineData("message/partial")]
    public void Compose_content_type_that_is_none_is_refused(string type) =>
        Assert.Equal(["attachments[0].contentType"], Faults(Basic with { Attachments = [new("a", type, default)] }));

    [Fact]
    public void Compose_several_faults_are_all_listed() =>
        Assert.Equal(
            ["subject", "messageId", "text", "headers[To]"],
            Faults(Basic with { Subject = "\n", MessageId = "x", Text = null, Headers = [new("To", "x")] }));

    [Fact]
    public void Compose_header_beyond_998_without_a_blank_is_refused_and_below_is_kept()
    {
        Assert.Equal(["headers[List-Unsubscribe]"], Faults(Basic with { Headers = [new("List-Unsubscribe", new string('u', 990))] }));
        var value = "<https://example.com/" + new string('u', 700) + ">, <mailto:u@example.com>";
        var message = MessageReader.Read(Done(Basic with { Headers = [new("List-Unsubscribe", value)] }));
        Assert.Equal(value, message.Header("List-Unsubscribe")!.Value);
    }

    [Fact]
    public void Compose_equal_input_gives_equal_bytes() => Assert.Equal(Done(Basic with { Html = "<p>" }), Done(Basic with { Html = "<p>" }));

    internal static Mailbox Box(string text) => Mailbox.TryParse(text, out var mailbox) ? mailbox : throw new ArgumentException(text);

    private static byte[] Done(ComposedMessage message) => Assert.IsType<Composition.Done>(MessageComposer.Compose(message)).Bytes;

    private static IEnumerable<string> Faults(ComposedMessage message) =>
        Assert.IsType<Composition.Refused>(MessageComposer.Compose(message)).Faults.Select(static f => f.Field);
}
