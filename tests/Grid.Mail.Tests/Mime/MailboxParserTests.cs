using Grid.Mail.Mime;

namespace Grid.Mail.Tests.Mime;

public sealed class MailboxParserTests
{
    [Theory]
    [InlineData("a@b.example", "|a@b.example")]
    [InlineData("Jo <a@b.example>", "Jo|a@b.example")]
    [InlineData("\"Doe, Jo\" <a@b.example>", "Doe, Jo|a@b.example")]
    [InlineData("a@b.example (Jo (the) Doe)", "Jo (the) Doe|a@b.example")]
    [InlineData("a@b.example, Jo <c@d.example>;", "|a@b.example", "Jo|c@d.example")]
    [InlineData("team: a@b.example, c@d.example; e@f.example", "|a@b.example", "|c@d.example", "|e@f.example")]
    [InlineData("undisclosed-recipients:;")]
    [InlineData("<@relay.example,@r2.example:a@b.example>", "|a@b.example")]
    [InlineData("=?utf-8?Q?J=C3=B6?= <a@b.example>", "Jö|a@b.example")]
    [InlineData("\"=?utf-8?B?SsO2?=\" <a@b.example>", "Jö|a@b.example")]
    [InlineData("john . doe @ b . example", "|john.doe@b.example")]
    [InlineData("Jo Doe a@b.example", "Jo Doe|a@b.example")]
    [InlineData("\"a b\"@c.example", "|\"a b\"@c.example")]
    [InlineData("< a@b.example >", "|a@b.example")]
    [InlineData("MAILER-DAEMON", "|MAILER-DAEMON")]
    [InlineData("<>", "|")]
    [InlineData("a@[IPv6:2001:db8::1]", "|a@[IPv6:2001:db8::1]")]
    [InlineData("(only a comment)")]
    [InlineData("")]
    public void Parse_takes_every_mailbox(string value, params string[] expected) =>
        Assert.Equal(expected, MailboxParser.Parse(value).Select(static m => m.Name + "|" + m.Address));

    [Fact]
    public void Parse_stops_at_its_bound() =>
        Assert.Equal(MailboxParser.MaxMailboxes, MailboxParser.Parse(string.Concat(Enumerable.Repeat("a@b.example,", 5000))).Count);

    [Theory]
    [InlineData("(")]
    [InlineData("\"")]
    [InlineData("<")]
    [InlineData("[")]
    [InlineData("(\\")]
    [InlineData("a@ ")]
    [InlineData("=?")]
    public void Parse_many_open_brackets_takes_linear_time(string piece)
    {
        var parsed = MailboxParser.Parse(string.Concat(Enumerable.Repeat(piece, 100_000)));
        Assert.InRange(parsed.Count, 0, MailboxParser.MaxMailboxes);
    }
}
