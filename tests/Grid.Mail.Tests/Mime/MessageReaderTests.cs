using System.Text;
using Grid.Mail.Mime;

namespace Grid.Mail.Tests.Mime;

public sealed class MessageReaderTests
{
    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    [InlineData("\r")]
    public void Read_any_line_end_gives_the_same_tree(string lineEnd)
    {
        var message = MessageReader.Read(Raw.Exact(string.Join(lineEnd, "Subject: a", " b", "Content-Type: multipart/mixed; boundary=\"x\"", "", "preamble", "--x", "", "one", "--x", "Content-Type: text/html", "", "<p>", "--x--", "epilogue", "")));
        Assert.Equal("a b", message.Header("subject")!.Value);
        Assert.Equal(["one", "<p>"], message.Parts.Select(static p => p.Text()));
        Assert.Equal(MessageDefects.None, message.Defects);
    }

    [Fact]
    public void Read_inner_boundary_that_begins_like_the_outer_one_is_told_apart()
    {
        var message = MessageReader.Read(Raw.Lines(
            "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/alternative; boundary=bb\n\n--bb\n\none\n--bb--\n\n--b\n\ntwo\n--b--\n"));
        Assert.Equal(["one", "two"], message.Descendants().Where(static p => p.Parts.Count == 0).Select(static p => p.Text()));
    }

    [Theory]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n--b\n\none", MessageDefects.Truncated, "one")]
    [InlineData("Content-Type: multipart/mixed\n\n--guess\n\none\n--guess--\n", MessageDefects.MissingBoundary, "one")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\nno part at all\n", MessageDefects.Truncated)]
    [InlineData("Subject: x\nthe body begins here\n", MessageDefects.BrokenHeader)]
    [InlineData("", MessageDefects.None)]
    public void Read_broken_message_gives_what_there_is(string text, MessageDefects defects, params string[] parts)
    {
        var message = MessageReader.Read(Raw.Lines(text));
        Assert.Equal(defects, message.Defects);
        Assert.Equal(parts, message.Parts.Select(static p => p.Text()));
    }

    [Theory]
    [InlineData("utf-8", "GrÃ¼Ã\u009fe", "Grüße")]
    [InlineData("iso-8859-1", "Grüße", "Grüße")]
    [InlineData("windows-1252", "\u0080", "€")]
    [InlineData("ISO-8859-15", "¤", "€")]
    [InlineData("koi8-r", "ðÒÉ", "При")]
    [InlineData("us-ascii", "Grüße", "Grüße")]
    [InlineData("x-no-such-charset", "Grüße", "Grüße")]
    [InlineData("iso-2022-jp", "\u001b$B%(%i!<\u001b(B", "エラー")]
    public void Text_is_decoded_by_its_charset(string charset, string body, string expected) =>
        Assert.Equal(expected, MessageReader.Read(Raw.Exact($"Content-Type: text/plain; charset={charset}\r\n\r\n{body}")).Text());

    [Theory]
    [InlineData("base64", "SGVsbG8=", "Hello")]
    [InlineData("BASE64", "SGVs\r\nbG8=\r\n", "Hello")]
    [InlineData("base64", "SGVs!bG8", "Hello")]
    [InlineData("base64", "SGVsbG8=SGVsbG8=", "HelloHello")]
    [InlineData("quoted-printable", "a=3Db=\r\nc  \r\nd=zz=", "a=bc\r\nd=zz")]
    [InlineData("quoted-printable", "=e4=", "ä")]
    [InlineData("x-uuencode", "begin 644 f\n%2&5L;&\\\n`\nend\n", "Hello")]
    [InlineData("8bit", "a=3D", "a=3D")]
    [InlineData("nonsense", "SGVsbG8=", "SGVsbG8=")]
    public void Text_is_decoded_by_its_transfer_encoding(string encoding, string body, string expected) =>
        Assert.Equal(expected, MessageReader.Read(Raw.Exact($"Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}")).Text());

    [Theory]
    [InlineData("=?utf-8?Q?a_b=3D?=", "a b=")]
    [InlineData("=?UTF-8?b?w7w=?= =?utf-8?B?w7w=?=", "üü")]
    [InlineData("x =?iso-8859-1?q?=fc?= y", "x ü y")]
    [InlineData("=?utf-8?B?w7?= =?utf-8?B?vA==?=", "ü")]
    [InlineData("=?utf-8?Q?=C3?= =?utf-8?Q?=BC?=", "ü")]
    [InlineData("=?utf-8*en?Q?a?=", "a")]
    [InlineData("=?utf-8?X?a?=", "=?utf-8?X?a?=")]
    [InlineData("=?", "=?")]
    [InlineData("=?utf-8?Q?open", "=?utf-8?Q?open")]
    [InlineData("=?utf-8?Q?a_?= b", "a  b")]
    public void Header_text_is_decoded(string value, string expected) => Assert.Equal(expected, EncodedWord.Decode(value));

    [Theory]
    [InlineData("text/plain; charset=\"utf-8\"; name=a", "text/plain", "utf-8", "a")]
    [InlineData("Text/HTML (a comment; x=y); Charset = us-ascii", "text/html", "us-ascii", null)]
    [InlineData("text/plain charset=utf-8", "text/plain", null, null)]
    [InlineData("application/pdf; name*=utf-8'en'a%C3%BC.pdf", "application/pdf", null, "aü.pdf")]
    [InlineData("application/pdf; name*0*=utf-8''a%C3; name*1*=%BC; name*2=\".pdf\"", "application/pdf", null, "aü.pdf")]
    [InlineData("application/pdf; name=\"=?utf-8?Q?=C3=BC?=\"", "application/pdf", null, "ü")]
    [InlineData("application/pdf; name=\"a\\\"b;c\"", "application/pdf", null, "a\"b;c")]
    [InlineData(";;;=;", "", null, null)]
    public void ContentType_parses_parameters(string value, string type, string? charset, string? name)
    {
        var parsed = ContentType.Parse(value);
        Assert.Equal((type, charset, name), (parsed.Value, parsed["charset"], parsed["NAME"]));
    }

    [Theory]
    [InlineData("Fri, 21 Nov 1997 09:55:06 -0600", "1997-11-21T09:55:06-06:00")]
    [InlineData("21 Nov 97 09:55:06 GMT", "1997-11-21T09:55:06+00:00")]
    [InlineData("Fri, 21 Nov 1997 09(comment):   55  :  06 -0600", null)]
    [InlineData("Thu, 13 Feb 1969 23:32 -0330 (Newfoundland Time)", "1969-02-13T23:32:00-03:30")]
    [InlineData("Mon, 1 Jan 2024 23:59:60 EST", "2024-01-01T23:59:59-05:00")]
    [InlineData("Mon, 31 Feb 2024 00:00:00 +0000", null)]
    [InlineData("Mon, 1 Jan 2024 24:00:00 +0000", null)]
    [InlineData("tomorrow", null)]
    [InlineData("", null)]
    public void MailDate_reads_dates_of_rfc_5322(string text, string? expected) =>
        Assert.Equal(expected, MailDate.TryParse(text, out var date) ? date.ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture) : null);

    [Fact]
    public void Read_bounds_hold_and_are_named()
    {
        var deep = new StringBuilder();
        for (var i = 0; i < 500; i++)
        {
            deep.Append(System.Globalization.CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n");
        }

        Assert.Equal((MessageReader.MaxDepth, true), Shape(deep.ToString(), MessageDefects.TooDeep));
        Assert.Equal((MessageReader.MaxDepth, true), Shape(string.Concat(Enumerable.Repeat("Content-Type: message/rfc822\n\n", 500)), MessageDefects.TooDeep));
        Assert.Equal((MessageReader.MaxParts, true), Shape("Content-Type: multipart/mixed; boundary=b\n\n" + string.Concat(Enumerable.Repeat("--b\n\nx\n", 100_000)), MessageDefects.TooManyParts));
        var headers = MessageReader.Read(Raw.Lines(string.Concat(Enumerable.Repeat("X: y\n", 50_000)) + "\nbody"));
        Assert.Equal((MessageReader.MaxHeaderCount, "body"), (headers.Headers.Count, headers.Text()));
        Assert.True(headers.Defects.HasFlag(MessageDefects.HeaderTooLarge));
    }

    private static (int Entities, bool Named) Shape(string text, MessageDefects defect)
    {
        var message = MessageReader.Read(Raw.Lines(text));
        return (message.Descendants().Count(), message.Defects.HasFlag(defect));
    }
}
