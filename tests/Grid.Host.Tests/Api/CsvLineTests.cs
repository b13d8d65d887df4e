using Grid.Host.Api;

namespace Grid.Host.Tests.Api;

public sealed class CsvLineTests
{
    [Theory]
    [InlineData("a,b", "a|b")]
    [InlineData("", "")]
    [InlineData(",", "|")]
    [InlineData("\"a,b\",c", "a,b|c")]
    [InlineData("\"a\"\"b\"", "a\"b")]
    [InlineData("\"\",x", "|x")]
    [InlineData(" a , b ", "a|b")]
    [InlineData("a,\"b\"", "a|b")]
    public void TryRead_a_line_gives_its_fields(string line, string expected)
    {
        Assert.True(CsvLine.TryRead(line, out var fields));
        Assert.Equal(expected, string.Join('|', fields));
    }

    [Theory]
    [InlineData("\"a")]
    [InlineData("\"a\"b,c")]
    [InlineData("1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21")]
    public void TryRead_what_is_no_line_is_refused(string line) => Assert.False(CsvLine.TryRead(line, out _));

    [Fact]
    public void Write_is_read_again_as_it_was()
    {
        string?[] fields = ["a", "b,c", "d\"e", null, "", "ü"];
        Assert.True(CsvLine.TryRead(CsvLine.Write(fields).TrimEnd(), out var read));
        Assert.Equal(fields.Select(field => field ?? ""), read);
        Assert.Equal("a b\r\n", CsvLine.Write("a\nb"));
    }
}
