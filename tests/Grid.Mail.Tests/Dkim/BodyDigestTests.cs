using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Grid.Mail.Dkim;

namespace Grid.Mail.Tests.Dkim;

public sealed class BodyDigestTests
{
    // The right side is RFC 6376 section 3.4.5's and what follows from its rules.
    [Theory]
    [InlineData("", "")]
    [InlineData("\r\n", "")]
    [InlineData("\r\n\r\n", "")]
    [InlineData(" \t\r\n  \r\n", "")]
    [InlineData(" C \r\nD \t E\r\n\r\n\r\n", " C\r\nD E\r\n")]
    [InlineData("a", "a\r\n")]
    [InlineData("a ", "a\r\n")]
    [InlineData("a\r\n", "a\r\n")]
    [InlineData("a\r\n\r\nb", "a\r\n\r\nb\r\n")]
    [InlineData("a\r\n \r\nb\r\n \r\n", "a\r\n\r\nb\r\n")]
    [InlineData("\r\n\r\na", "\r\n\r\na\r\n")]
    [InlineData("  a  b\t\tc  ", " a b c\r\n")]
    [InlineData("a\rb", "a\rb\r\n")]
    [InlineData("a\r", "a\r\r\n")]
    [InlineData("\r", "\r\r\n")]
    [InlineData("a\nb\n", "a\nb\n\r\n")]
    [InlineData("a \rb", "a \rb\r\n")]
    public void Relaxed_form(string body, string canonical) => Same(body, canonical, relaxed: true);

    [Theory]
    [InlineData("", "\r\n")]
    [InlineData("\r\n\r\n", "\r\n")]
    [InlineData(" C \r\nD \t E\r\n\r\n\r\n", " C \r\nD \t E\r\n")]
    [InlineData("a", "a\r\n")]
    [InlineData(" \r\n", " \r\n")]
    public void Simple_form(string body, string canonical) => Same(body, canonical, relaxed: false);

    [Fact]
    public void Relaxed_form_of_any_text_is_what_the_rules_make_of_it_line_by_line() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000),
            Prop.ForAll(Gen.Elements("a", "bc", " ", "\t", "\r\n", "\r", "\n", new string('x', 5000)).ArrayOf().Select(string.Concat).ToArbitrary(), body => Same(body, ByLines(body), relaxed: true)));

    private static string ByLines(string body)
    {
        var lines = body.Split("\r\n").Select(line => System.Text.RegularExpressions.Regex.Replace(line, "[ \t]+", " ")).Select(line => line.TrimEnd(' ')).ToList();
        while (lines.Count > 0 && lines[^1].Length == 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        return string.Concat(lines.Select(line => line + "\r\n"));
    }

    private static void Same(string body, string canonical, bool relaxed)
    {
        var digest = new byte[32];
        var length = BodyDigest.Compute(Encoding.Latin1.GetBytes(body), relaxed, digest);
        Assert.Equal(canonical.Length, length);
        Assert.Equal(SHA256.HashData(Encoding.Latin1.GetBytes(canonical)), digest);
    }
}
