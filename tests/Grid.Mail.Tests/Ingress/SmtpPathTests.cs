using System.Text;
using Grid.Mail.Ingress;

namespace Grid.Mail.Tests.Ingress;

public sealed class SmtpPathTests
{
    [Theory]
    [InlineData("<a@x>", "a@x")]
    [InlineData("<a.b+c=d@x.example>", "a.b+c=d@x.example")]
    [InlineData("<\"a b\"@x>", "\"a b\"@x")]
    [InlineData("<\"a\\\"@b>\"@x>", "\"a\\\"@b>\"@x")]
    [InlineData("<a@[192.0.2.1]>", "a@[192.0.2.1]")]
    [InlineData("<a@[IPv6:2001:db8::1]>", "a@[IPv6:2001:db8::1]")]
    [InlineData("<jürgen@bücher.example>", "jürgen@bücher.example")]
    [InlineData("<postMaster>", "postMaster")]
    [InlineData("<>", "")]
    public void Parse_path_isTheAddress(string path, string address)
    {
        Assert.Null(SmtpPath.Parse(Encoding.UTF8.GetBytes(path + " SIZE=1"), true, true, out string found, out int length));
        Assert.Equal(address, found);
        Assert.Equal(Encoding.UTF8.GetByteCount(path), length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a@x")]
    [InlineData(" <a@x>")]
    [InlineData("<a@x")]
    [InlineData("<a>")]
    [InlineData("<@x>")]
    [InlineData("<a@>")]
    [InlineData("<@relay:a@x>")]
    [InlineData("<@relay,@other:a@x>")]
    [InlineData("<a b@x>")]
    [InlineData("<a..b@x>")]
    [InlineData("<.a@x>")]
    [InlineData("<a.@x>")]
    [InlineData("<a@x..y>")]
    [InlineData("<a@-x>")]
    [InlineData("<a@x->")]
    [InlineData("<a@x_y>")]
    [InlineData("<a@x y>")]
    [InlineData("<a@b@x>")]
    [InlineData("<\"a@x>")]
    [InlineData("<\"a\"b@x>")]
    [InlineData("<\"a\\\"@x>")]
    [InlineData("<\"a\tb\"@x>")]
    [InlineData("<a@[192.0.2]>")]
    [InlineData("<a@[192.0.2.256]>")]
    [InlineData("<a@[2001:db8::1]>")]
    [InlineData("<a@[IPv6:192.0.2.1]>")]
    [InlineData("<a@[x]>")]
    [InlineData("<a(comment)@x>")]
    [InlineData("<a,b@x>")]
    public void Parse_anythingElse_saysWhatIsWrong(string path) =>
        Assert.NotNull(SmtpPath.Parse(Encoding.UTF8.GetBytes(path), true, true, out _, out _));

    [Fact]
    public void Parse_bounds_holdToTheByte()
    {
        string label = new('d', 63);
        string domain = $"{label}.{label}.{label[..40]}";
        Assert.Null(Parse($"<{new string('l', 254 - 1 - domain.Length)}@{domain}>"));
        Assert.NotNull(Parse($"<{new string('l', 255 - 1 - domain.Length)}@{domain}>"));
        Assert.Null(Parse($"<{new string('l', 128)}@x>"));
        Assert.NotNull(Parse($"<{new string('l', 129)}@x>"));
        Assert.NotNull(Parse($"<a@{label}d>"));
        Assert.NotNull(SmtpPath.Parse("<\xff\xfe@x>"u8[..2], true, true, out _, out _));
        Assert.NotNull(SmtpPath.Parse([(byte)'<', 0xff, (byte)'@', (byte)'x', (byte)'>'], true, true, out _, out _));
        Assert.NotNull(SmtpPath.Parse("<>"u8, false, true, out _, out _));
        Assert.NotNull(SmtpPath.Parse("<postmaster>"u8, false, false, out _, out _));
    }

    private static string? Parse(string path) => SmtpPath.Parse(Encoding.ASCII.GetBytes(path), true, true, out _, out _);
}
