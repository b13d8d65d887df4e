using System.Text.Json.Nodes;
using Grid.Core.Enforcement.Policies;

namespace Grid.Host.Policies;

/// <summary>
/// The JSON Schema (2020-12) of policies, made from the catalogues that the reader uses: what it lets through the reader can still refuse,
/// as windows, rungs and parents are known to that only; what it refuses the reader refuses too.
/// </summary>
public static class PolicySchema
{
    private const string Share = @"^[0-9]{1,3}(\.[0-9]{1,6})? ?%$";
    private const string Length = "^[0-9]{1,15} ?(s|min|h|d)$";
    private const string Id = @"^[A-Za-z0-9][A-Za-z0-9._\-]{0,63}$";
    private const string Name = @"^[a-z0-9][a-z0-9\-]{0,63}$";

    /// <summary>The document.</summary>
    public static JsonObject Document { get; } = Make();

    private static JsonObject Make()
    {
        var properties = new JsonObject
        {
            ["policy"] = Text(Name),
            ["words"] = Words(),
            ["effective"] = Text(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
            ["extends"] = Text(Name),
            ["windows"] = List(Text(Length), 1, PolicyBounds.MaxWindows),
            ["parameters"] = Parameters(),
            ["drop"] = List(Text(Id), 0, PolicyBounds.MaxClauses),
            ["clauses"] = List(Ref("clause"), 0, PolicyBounds.MaxClauses),
        };
        foreach (var list in ClauseReader.NoteLists)
        {
            properties[list.Key] = List(Note(list.Value), 0, PolicyBounds.MaxClauses);
        }

        var schema = Map(properties, "policy");
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
        schema["$id"] = "urn:grid:schema:policy";
        schema["title"] = "A policy of the grid";
        schema["$defs"] = new JsonObject { ["clause"] = Clause(), ["condition"] = Condition(), ["consequence"] = Consequences() };
        return schema;
    }

    private static JsonObject Clause() => Map(
        new JsonObject
        {
            ["id"] = Text(Id),
            ["words"] = Words(),
            ["remedy"] = Words(),
            ["source"] = Text(@"^[a-z0-9][a-z0-9\-]{0,63} [0-9]{1,5}([\-,][0-9]{1,5}){0,9}$"),
            ["subject"] = OneOf(Names<PolicySubject>()),
            ["when"] = Ref("condition"),
            ["then"] = new JsonObject { ["anyOf"] = new JsonArray(Ref("consequence"), List(Ref("consequence"), 1, 8)) },
        },
        "id",
        "words",
        "subject",
        "when",
        "then");

    private static JsonObject Note(NoteKind kind)
    {
        var properties = new JsonObject { ["id"] = Text(Id), ["words"] = Words(), ["source"] = Words() };
        if (kind == NoteKind.TextOnly)
        {
            return Map(properties, "id", "words");
        }

        var key = kind == NoteKind.Carried ? "by" : "for";
        properties[key] = OneOf(Mechanisms.All.Keys);
        return Map(properties, "id", "words", key);
    }

    private static JsonObject Condition()
    {
        var floors = Map(new JsonObject { ["volume"] = Count(), ["events"] = Count() }, "volume", "events");
        var facts = new JsonObject
        {
            ["declaration"] = Signal(SignalKind.Fact),
            ["missing"] = Flag(),
            ["is"] = Flag(),
            ["in"] = WordsOrParameter(),
            ["notIn"] = WordsOrParameter(),
            ["above"] = Count(),
            ["olderThan"] = Text(Length),
        };
        var fact = Map(facts, "declaration");
        (fact["minProperties"], fact["maxProperties"]) = (2, 2);
        return new JsonObject
        {
            ["anyOf"] = new JsonArray(
                Map(new JsonObject { ["rate"] = OneOf(Signals.All.Where(s => s.Rate is not null).Select(s => s.Name)), ["over"] = Text(Length), ["above"] = Text(Share), ["floor"] = floors }, "rate", "over", "above", "floor"),
                Map(new JsonObject { ["count"] = OneOf(Signals.All.Where(s => s.Count is not null).Select(s => s.Name)), ["over"] = Text(Length), ["above"] = Count() }, "count", "over", "above"),
                Map(new JsonObject { ["finding"] = Signal(SignalKind.Finding) }, "finding"),
                Map(new JsonObject { ["listing"] = Signal(SignalKind.Listing) }, "listing"),
                Map(new JsonObject { ["verdict"] = Signal(SignalKind.Verdict) }, "verdict"),
                fact,
                Map(new JsonObject { ["all"] = List(Ref("condition"), 1, PolicyBounds.MaxConditions) }, "all"),
                Map(new JsonObject { ["any"] = List(Ref("condition"), 1, PolicyBounds.MaxConditions) }, "any")),
        };
    }

    private static JsonObject Consequences()
    {
        var timed = new JsonObject();
        foreach (var name in new[] { "guide", "warn", "limit", "suspend" })
        {
            timed[name] = new JsonObject { ["anyOf"] = new JsonArray(Text(Length), Map(new JsonObject { ["for"] = Text(Length), ["atMost"] = Text(Length) }, "for")) };
        }

        var map = Map(timed);
        (map["minProperties"], map["maxProperties"]) = (1, 1);
        return new JsonObject { ["anyOf"] = new JsonArray(OneOf(Names<Consequence>()), map) };
    }

    private static JsonObject Parameters()
    {
        var properties = new JsonObject();
        foreach (var group in PolicyParameters.All.GroupBy(p => p.Name.Split('.')[0]))
        {
            properties[group.Key] = group.Count() == 1 && group.Single().Name == group.Key
                ? Parameter(group.Single())
                : Map(new JsonObject(group.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Name[(group.Key.Length + 1)..], Parameter(p)))));
        }

        return Map(properties);
    }

    private static JsonObject Parameter(PolicyParameter parameter)
    {
        var schema = parameter.Type switch
        {
            ParameterType.Flag => Flag(),
            ParameterType.Words => List(parameter.Values.Count > 0 ? OneOf(parameter.Values) : Text(null, PolicyBounds.MaxId), 0, PolicyBounds.MaxListed),
            ParameterType.Duration => Text(Length),
            ParameterType.Rate => Text(@"^[0-9]{1,10} ?/ ?(s|sec|second|min|m|minute|h|hour|d|day)( ?; ?burst=[0-9]{1,10})?$"),
            ParameterType.Count => Count(),
            ParameterType.Text => Words(),
            ParameterType.Factor => new JsonObject { ["type"] = new JsonArray("number", "string") },
            ParameterType.Share => Text(Share),
            ParameterType.Steps => List(Map(new JsonObject { ["perDay"] = Count(), ["for"] = Text(Length) }, "perDay", "for"), 0, PolicyBounds.MaxProbationSteps),
            _ => throw new InvalidOperationException($"no parameter type {parameter.Type}"),
        };
        schema["description"] = parameter.Words;
        return schema;
    }

    private static JsonObject Map(JsonObject properties, params string[] required)
    {
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray([.. required.Select(r => JsonValue.Create(r))]);
        }

        return schema;
    }

    private static JsonObject List(JsonObject items, int min, int max) => new() { ["type"] = "array", ["items"] = items, ["minItems"] = min, ["maxItems"] = max };

    private static JsonObject Text(string? pattern, int maxLength = PolicyBounds.MaxWords)
    {
        var schema = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = maxLength };
        if (pattern is not null)
        {
            schema["pattern"] = pattern;
        }

        return schema;
    }

    private static JsonObject Words() => Text(null);

    private static JsonObject Count() => Text("^[0-9]{1,15} ?[A-Za-z]{1,30}$");

    private static JsonObject Flag() => new() { ["type"] = "boolean" };

    private static JsonObject WordsOrParameter() => new()
    {
        ["anyOf"] = new JsonArray(OneOf(PolicyParameters.All.Where(p => p.Type == ParameterType.Words).Select(p => p.Name)), List(Text(null, PolicyBounds.MaxId), 1, PolicyBounds.MaxListed)),
    };

    private static JsonObject Signal(SignalKind kind) => OneOf(Signals.All.Where(s => s.Kind == kind).Select(s => s.Name));

    private static JsonObject OneOf(IEnumerable<string> values) => new() { ["enum"] = new JsonArray([.. values.Select(v => JsonValue.Create(v))]) };

    private static JsonObject Ref(string name) => new() { ["$ref"] = "#/$defs/" + name };

    private static IEnumerable<string> Names<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(v => v.ToString().ToLowerInvariant());
}
