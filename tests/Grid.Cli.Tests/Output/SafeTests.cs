using Grid.Cli.Output;

namespace Grid.Cli.Tests.Output;

public sealed class SafeTests
{
    [Theory]
    [InlineData("plain äöü 日本 [x]", "plain äöü 日本 [x]")]
    [InlineData("\u001b[2J", "\\u001b[2J")]
    [InlineData("a\r\nb\tc", "a\\u000d\\u000ab\\u0009c")]
    [InlineData("\u009b31m\u0000", "\\u009b31m\\u0000")]
    [InlineData("\u202ex\u2066y\u200e", "\\u202ex\\u2066y\\u200e")]
    public void Text_writes_out_what_a_terminal_would_obey(string text, string safe) => Assert.Equal(safe, Safe.Text(text));

    [Theory]
    [InlineData("a=b.c%", "a", "b.c", true)]
    [InlineData("a", "a", "a", false)]
    public void Column_is_read_from_its_short_form(string text, string title, string path, bool percent) => Assert.Equal(new Column(title, path, percent), Column.Parse(text));
}
