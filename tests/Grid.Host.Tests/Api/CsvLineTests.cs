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

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("=HYPERLINK(\"x\",1)", "\"'=HYPERLINK(\"\"x\"\",1)\"")]
    [InlineData("+49 30", "'+49 30")]
    [InlineData("-2", "'-2")]
    [InlineData("@sum", "'@sum")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("'=1", "''=1")]
    [InlineData("'tis", "'tis")]
    [InlineData("a=1", "a=1")]
    public void Write_no_field_begins_a_formula_and_is_read_again_as_it_was(string field, string expected)
    {
        var line = CsvLine.Write("a", field).TrimEnd('\r', '\n');

        Assert.Equal("a," + expected, line);
        Assert.True(CsvLine.TryRead(line, out var read));
        Assert.Equal(["a", field], read);
    }
}
