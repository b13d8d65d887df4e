using Grid.Mail.Mime;

namespace Grid.Mail.Tests.Mime;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("a@b.example", "a", "b.example", false)]
    [InlineData("  a@B.EXAMPLE ", "a", "b.example", false)]
    [InlineData("First.Last+tag@sub.example.com", "First.Last+tag", "sub.example.com", false)]
    [InlineData("\"a b\"@example.com", "\"a b\"", "example.com", false)]
    [InlineData("\"a\\\"@b\"@example.com", "\"a\\\"@b\"", "example.com", false)]
    [InlineData("a@localhost", "a", "localhost", false)]
    [InlineData("a@bücher.example", "a", "xn--bcher-kva.example", false)]
    [InlineData("a@BÜCHER.example", "a", "xn--bcher-kva.example", false)]
    [InlineData("jürgen@example.com", "jürgen", "example.com", true)]
    [InlineData("用户@例え.jp", "用户", "xn--r8jz45g.jp", true)]
    [InlineData("Name <a@b.example>", "a", "b.example", false)]
    [InlineData("Acme, Inc. <a@b.example>", "a", "b.example", false)]
    [InlineData("\"Quoted > name\" <a@b.example>", "a", "b.example", false)]
    [InlineData("<a@b.example>", "a", "b.example", false)]
    public void TryParse_good_address_gives_its_parts(string text, string local, string domain, bool utf8)
    {
        Assert.True(EmailAddress.TryParse(text, out var address));
        Assert.Equal((local, domain, utf8), (address.LocalPart, address.Domain, address.NeedsUtf8));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("@b.example")]
    [InlineData("a@")]
    [InlineData("a@b@c.example")]
    [InlineData("a b@c.example")]
    [InlineData(".a@b.example")]
    [InlineData("a.@b.example")]
    [InlineData("a..b@c.example")]
    [InlineData("a@b..example")]
    [InlineData("a@-b.example")]
    [InlineData("a@b-.example")]
    [InlineData("a@b_c.example")]
    [InlineData("a@b.example.")]
    [InlineData("a@192.0.2.1")]
    [InlineData("a@[192.0.2.1]")]
    [InlineData("a\r\n@b.example")]
    [InlineData("a@b.example\r\nRCPT TO:<x@y.example>")]
    [InlineData("a\0@b.example")]
    [InlineData("\"a\n\"@b.example")]
    [InlineData("\"a\"b\"@b.example")]
    [InlineData("\"a\\\"@b.example")]
    [InlineData("\"\"@b.example")]
    [InlineData("a\u202Eb@c.example")]
    [InlineData("a\u00A0b@c.example")]
    [InlineData("a@b.example, c@d.example")]
    [InlineData("Name <a@b.example")]
    [InlineData("x <y> <a@b.example>")]
    [InlineData("Na\r\nme <a@b.example>")]
    [InlineData("\"open <a@b.example>")]
    [InlineData("a@b.example>")]
    public void TryParse_anything_else_is_false(string text) => Assert.False(EmailAddress.TryParse(text, out _));

    [Fact]
    public void TryParse_at_the_limits_of_length_holds_and_beyond_is_false()
    {
        var label = new string('d', 59);
        var domain = $"{label}.{label}.{label}.example";
        Assert.True(EmailAddress.TryParse(new string('l', 64) + "@" + domain, out _));
        Assert.True(EmailAddress.TryParse(new string('l', 64) + "@dd" + domain, out _));
        Assert.False(EmailAddress.TryParse(new string('l', 64) + "@ddd" + domain, out _));
        Assert.False(EmailAddress.TryParse("a\uD800@c.example", out _));
        Assert.False(EmailAddress.TryParse(new string('l', 65) + "@b.example", out _));
        Assert.False(EmailAddress.TryParse(new string('ü', 33) + "@b.example", out _));
        Assert.False(EmailAddress.TryParse("a@" + new string('d', 64) + ".example", out _));
        Assert.False(EmailAddress.TryParse("a@" + string.Join('.', Enumerable.Repeat(label, 5)), out _));
    }

    [Fact]
    public void Mailbox_TryParse_keeps_the_name_without_its_quotes()
    {
        Assert.True(Mailbox.TryParse("\"Doe, \\\"J\\\"\" <j@d.example>", out var mailbox));
        Assert.Equal("Doe, \"J\"", mailbox.Name);
        Assert.False(Mailbox.TryParse(new string('n', Mailbox.MaxNameLength + 1) + " <j@d.example>", out _));
    }
}
