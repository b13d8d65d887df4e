using Grid.Host.Console.Parts;

namespace Grid.Console.Tests.Parts;

public sealed class DirectionMarksTests
{
    [Theory]
    [InlineData("<p>a&#x202E;b</p>", @"<p>a\u202eb</p>")]
    [InlineData("<p>&#x61C;&#x200F;&#x2066;&#xFEFF;&#x2028;</p>", @"<p>\u061c\u200f\u2066\ufeff\u2028</p>")]
    [InlineData("<a href=\"/tenants?q=&#x202E;\">&#x202E;</a>", @"<a href=""/tenants?q=&#x202E;"">\u202e</a>")]
    [InlineData("<textarea name=\"text\">a&#x202E;b</textarea>&#x202E;", @"<textarea name=""text"">a&#x202E;b</textarea>\u202e")]
    [InlineData("<p>&amp;#x202E; &#xFC; &lt;b&gt;</p>", "<p>&amp;#x202E; &#xFC; &lt;b&gt;</p>")]
    public void Show_writes_them_out_where_they_are_read(string html, string expected) => Assert.Equal(expected, DirectionMarks.Show(html));
}
