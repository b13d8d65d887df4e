using System.Text;
using Grid.Host.Api;

namespace Grid.Host.Tests.Api;

public sealed class BatchReaderTests
{
    [Fact]
    public void Read_a_bad_message_leaves_the_others_good()
    {
        var (seen, error) = Read("""{"messages":[{"subject":"a"},{"subject":5},{"nope":{"deep":[1,{"x":2}]}},null,7,{"subject":"b"}]}""");

        Assert.Null(error);
        Assert.Equal(["a", "!subject", "!nope", "!body", "!body", "b"], seen);
    }

    [Theory]
    [InlineData("[]", "body")]
    [InlineData("{}", "messages")]
    [InlineData("""{"messages":5}""", "messages")]
    [InlineData("""{"messages":[]}""", "messages")]
    [InlineData("""{"messages":[{},{},{},{}]}""", "messages")]
    [InlineData("""{"messages":[{}],"messages":[{}]}""", "messages")]
    [InlineData("""{"messages":[{}],"x":1}""", "x")]
    [InlineData("""{"messages":[{}]} x""", "body")]
    [InlineData("""{"messages":[{""", "body")]
    [InlineData("""{"messages":[{"subject":"a" "b"}]}""", "body")]
    [InlineData("", "body")]
    [InlineData("""{"\ud800":1}""", "body")]
    [InlineData("""{"messages":[{}],"x\udfff":1}""", "body")]
    public void Read_a_broken_batch_is_one_fault(string json, string field) => Assert.Equal(field, Read(json).Error);

    [Fact]
    public void Read_every_cut_of_a_batch_ends_in_a_fault_and_no_exception()
    {
        const string Json = """{"messages":[{"subject":"aé","to":["x@y.example"],"metadata":{"k":[1,2,{"z":null}]}},{"text":"b"}]}""";
        var bytes = Encoding.UTF8.GetBytes(Json);

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.NotNull(BatchReader.Read(bytes.AsSpan(0, length), 3, (_, _) => { }));
        }

        Assert.Null(BatchReader.Read(bytes, 3, (_, _) => { }));
    }

    private static (List<string> Seen, string? Error) Read(string json)
    {
        var seen = new List<string>();
        var error = BatchReader.Read(Encoding.UTF8.GetBytes(json), json.Contains("null", StringComparison.Ordinal) ? 10 : 3, (message, fault) =>
            seen.Add(message is null ? "!" + fault!.Field : message.Subject ?? ""));
        return (seen, error?.Field);
    }
}
