using System.Text.Json;
using System.Text.Json.Nodes;

namespace Grid.Cli.Tests.Parity;

/// <summary>What the API has can be done from a terminal: what the verbs ask a grid for is set against the API's document.</summary>
public sealed class ParityTests(DrivenVerbs verbs) : IClassFixture<DrivenVerbs>
{
    /// <summary>Which a terminal has no use for, and why.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["/v3/mail/send"] = "for clients that speak SendGrid's API; the same is `grid send`",
        ["/u/{token}"] = "behind a link in a mail, for the person who got it",
        ["/c/{token}"] = "behind a link in a mail, for the person who got it",
        ["/address/{token}"] = "behind a link in a mail, for the person who got it",
        ["/abuse"] = "a page for anybody; an operator reports with `grid feedback send`",
    };

    /// <summary>Where a page begins, which verbs follow by themselves, and how many it has.</summary>
    private static readonly string[] Paging = ["after", "before", "limit"];

    /// <summary>In a consent's body so that a line of an export can be sent back; the address stands in the path, who and when is known.</summary>
    private static readonly string[] OfExports = ["address", "revokedBy", "recordedAt", "by"];

    private IEnumerable<Operation> Wanted => verbs.Operations.Where(operation => !Elsewhere.ContainsKey(operation.Path));

    [Fact]
    public void Every_operation_is_reached_by_a_verb()
    {
        Assert.True(verbs.Operations.Count > 150, $"the document has only {verbs.Operations.Count} operations");
        Assert.Empty(Wanted.Select(operation => operation.Name).Except(verbs.Asked.Select(asked => asked.Key)));
    }

    [Fact]
    public void Every_verb_asks_and_for_nothing_that_the_api_does_not_have()
    {
        Assert.Empty(verbs.Calls.Where(verb => verb.Value.Count == 0).Select(verb => verb.Key));
        Assert.Empty(verbs.Asked[null].Select(call => $"{call.Method} {call.Path}").Distinct());
    }

    [Fact]
    public void Everything_in_a_query_can_be_given() => Assert.Empty(
        from operation in Wanted
        from name in operation.Query.Except(Paging).Except(verbs.Asked[operation.Name].SelectMany(call => call.Query))
        select $"{operation.Name} takes ?{name}=");

    [Fact]
    public void Everything_in_a_body_can_be_given() => Assert.Empty(
        from operation in Wanted
        let bodies = verbs.Asked[operation.Name].Select(call => call.Body).Distinct().ToList()
        where !bodies.Exists(body => body.Contains(DrivenVerbs.Input.Trim('{', '}'), StringComparison.Ordinal))
        from name in operation.Path.Contains("/consents/", StringComparison.Ordinal) ? operation.Fields.Except(OfExports) : operation.Fields
        where !bodies.Exists(body => Has(body, name))
        select $"{operation.Name} takes {name}");

    [Fact]
    public void Every_answer_is_as_the_document_has_it() => Assert.True(verbs.Untold.Count == 0, string.Join('\n', verbs.Untold));

    [Theory]
    [InlineData(200, """{"state":"active","count":1}""", null)]
    [InlineData(200, """{"state":"active","count":1,"words":null}""", null)]
    [InlineData(200, """{"state":"gone","count":1}""", "GET /a 200 .state is gone, which isn't told of")]
    [InlineData(200, """{"state":"active"}""", "GET /a 200 .count is absent")]
    [InlineData(200, """{"state":"active","count":"1"}""", "GET /a 200 .count is string, not integer")]
    [InlineData(200, """{"state":"active","count":1,"more":1}""", "GET /a 200 .more isn't told of")]
    [InlineData(404, "{}", "GET /a 404 isn't told of")]
    public void Answer_that_the_document_does_not_tell_of_is_found(int status, string answer, string? fault)
    {
        const string Document = """
            {"paths":{"/a":{"get":{"responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/A"}}}}}}}},
            "components":{"schemas":{"A":{"type":"object","required":["state","count"],"properties":{"state":{"type":"string","enum":["active"]},"count":{"type":"integer"},"words":{"type":["null","string"]}}}}}}
            """;

        Assert.Equal(fault, new Answers(JsonNode.Parse(Document)!).Fault(new("GET", "/a", [], "", status, "application/json", JsonNode.Parse(answer))));
    }

    [Fact]
    public void Nothing_is_left_out_that_is_not_there() => Assert.Empty(Elsewhere.Keys.Except(verbs.Operations.Select(operation => operation.Path)));

    private static bool Has(string body, string field)
    {
        try
        {
            return field.Split('.').Aggregate(JsonNode.Parse(body), (node, name) => (node as JsonObject)?[name]) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
