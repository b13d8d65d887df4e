using System.Globalization;
using System.Text.Json.Nodes;
using Grid.Host.Policies;

namespace Grid.Host.Tests.Policies;

public sealed class PolicySchemaTests
{
    public static TheoryData<string> Names { get; } = [.. BuiltInPolicies.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Document_fits_every_built_in_policy(string name) =>
        Assert.Empty(JsonSchema.Faults(PolicySchema.Document, ToJson(YamlNodes.Read(BuiltInPolicies.Text(name)!))));

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"policy":"Mine"}""")]
    [InlineData("""{"policy":"mine","clause":[]}""")]
    [InlineData("""{"policy":"mine","windows":["7 days"]}""")]
    [InlineData("""{"policy":"mine","parameters":{"vetting":true}}""")]
    [InlineData("""{"policy":"mine","parameters":{"vettingRequired":"true"}}""")]
    [InlineData("""{"policy":"mine","parameters":{"suspensionsToTerminate":2}}""")]
    [InlineData("""{"policy":"mine","clauses":[{"id":"x","words":"w","subject":"moon","when":{"verdict":"verdict.spam"},"then":"suspend"}]}""")]
    [InlineData("""{"policy":"mine","clauses":[{"id":"x","words":"w","subject":"tenant","when":{"verdict":"verdict.none"},"then":"suspend"}]}""")]
    [InlineData("""{"policy":"mine","clauses":[{"id":"x","words":"w","subject":"tenant","when":{"verdict":"verdict.spam"},"then":"fire"}]}""")]
    [InlineData("""{"policy":"mine","clauses":[{"id":"x","words":"w","subject":"tenant","when":{"rate":"complaints","over":"7 d","above":"0.1 %"},"then":"suspend"}]}""")]
    [InlineData("""{"policy":"mine","clauses":[{"id":"x","words":"w","subject":"tenant","when":{"all":[]},"then":"suspend"}]}""")]
    [InlineData("""{"policy":"mine","clauses":[{"id":"x","words":"w","subject":"message","when":{"declaration":"consent.method"},"then":"refuse"}]}""")]
    public void Document_and_reader_refuse_the_same(string json)
    {
        Assert.NotEmpty(JsonSchema.Faults(PolicySchema.Document, JsonNode.Parse(json)));
        Assert.IsType<PolicyReading.Refused>(PolicyReader.Read(json, BuiltInPolicies.Document, 1));
    }

    private static JsonNode? ToJson(PolicyNode node) => node switch
    {
        PolicyNode.Map map => new JsonObject(map.Entries.Select(e => KeyValuePair.Create(e.Key.Value, ToJson(e.Value)))),
        PolicyNode.List list => new JsonArray([.. list.Items.Select(ToJson)]),
        PolicyNode.Scalar { IsPlain: true, Value: "true" or "false" } flag => flag.Value == "true",
        PolicyNode.Scalar { IsPlain: true } number when double.TryParse(number.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) => value,
        PolicyNode.Scalar text => text.Value,
        _ => throw new InvalidOperationException(),
    };
}
