using Grid.Core.Enforcement;
using Grid.Core.Enforcement.Policies;

namespace Grid.Host.Policies;

/// <summary>Reads conditions.</summary>
internal sealed class ConditionReader(Mistakes mistakes)
{
    /// <summary>By the key that tells its kind, what else belongs to it.</summary>
    public static IReadOnlyDictionary<string, string[]> Shapes { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["rate"] = ["over", "above", "floor"],
        ["count"] = ["over", "above"],
        ["finding"] = [],
        ["listing"] = [],
        ["verdict"] = [],
        ["declaration"] = ["missing", "is", "in", "notIn", "above", "olderThan"],
        ["all"] = [],
        ["any"] = [],
    };

    /// <summary>Null after a mistake.</summary>
    public PolicyCondition? Read(PolicyNode node, string path, int depth = 0)
    {
        if (node is not PolicyNode.Map { Entries: var entries })
        {
            mistakes.Add(node, path, $"must be a condition: a map with one of {string.Join(", ", Shapes.Keys)}");
            return null;
        }

        var kinds = entries.Select(e => e.Key.Value).Where(Shapes.ContainsKey).Distinct().ToList();
        if (kinds.Count != 1)
        {
            var hint = kinds.Count == 0 && entries.Count > 0 ? NearestName.Hint(entries[0].Key.Value, Shapes.Keys) : "";
            mistakes.Add(node, path, $"must have {(kinds.Count == 0 ? "one" : "only one")} of {string.Join(", ", Shapes.Keys)}{hint}");
            return null;
        }

        var map = new MapReader(node, path, mistakes, [kinds[0], .. Shapes[kinds[0]]]);
        return kinds[0] switch
        {
            "rate" => ReadRate(map),
            "count" => ReadCount(map),
            "all" => ReadParts(map, "all", depth) is { } parts ? new PolicyCondition.All(parts) : null,
            "any" => ReadParts(map, "any", depth) is { } parts ? new PolicyCondition.Any(parts) : null,
            "declaration" => ReadFact(map),
            var kind => ReadEvent(map, kind),
        };
    }

    private PolicyCondition.Rate? ReadRate(MapReader map)
    {
        var signal = map.RequireText("rate", PolicyBounds.MaxId);
        var over = map.Unit<TimeSpan>("over", PolicyUnits.TryDuration);
        var above = map.Unit<Ratio>("above", PolicyUnits.TryShare);
        if (map.Find("floor") is not { } floorNode)
        {
            map.Add(map.Node, map.Path, "\"floor\" is missing: below it nothing is judged, such as {volume: 1000 messages, events: 5 complaints}");
            return null;
        }

        var known = signal is null ? null : Signals.Find(signal);
        var floor = new MapReader(floorNode, map.PathOf("floor"), mistakes, ["volume", "events"]);
        var volume = floor.Unit("volume", Counts(known?.Volume ?? "messages"));
        var events = floor.Unit("events", Counts(known?.Events ?? "events"));
        return signal is null || over is null || above is null || volume is null || events is null ? null : new(signal, over.Value, above.Value, volume.Value, events.Value);
    }

    private static PolicyCondition.Count? ReadCount(MapReader map)
    {
        var signal = map.RequireText("count", PolicyBounds.MaxId);
        var over = map.Unit<TimeSpan>("over", PolicyUnits.TryDuration);
        var above = map.Unit("above", Counts((signal is null ? null : Signals.Find(signal)?.Events) ?? "events"));
        return signal is null || over is null || above is null ? null : new(signal, over.Value, above.Value);
    }

    private PolicyCondition.Event? ReadEvent(MapReader map, string kind)
    {
        var name = map.RequireText(kind, PolicyBounds.MaxId);
        if (name is not null && Signals.Find(name) is { } signal && signal.Kind.ToString().ToLowerInvariant() != kind)
        {
            mistakes.Add(map.Find(kind)!, map.PathOf(kind), $"\"{name}\" is no {kind} but a {signal.Kind.ToString().ToLowerInvariant()}");
            return null;
        }

        return name is null ? null : new(name);
    }

    private PolicyCondition.Fact? ReadFact(MapReader map)
    {
        var signal = map.RequireText("declaration", PolicyBounds.MaxId);
        var tests = Shapes["declaration"].Where(map.Has).ToList();
        if (tests.Count != 1)
        {
            map.Add(map.Node, map.Path, $"a declaration is held against one of {string.Join(", ", Shapes["declaration"])}");
            return null;
        }

        var (value, path) = (map.Find(tests[0])!, map.PathOf(tests[0]));
        FactTest? test = tests[0] switch
        {
            "missing" => ReadFlag(value, path) is { } yes ? new FactTest.Missing(yes) : null,
            "is" => ReadFlag(value, path) is { } yes ? new FactTest.Is(yes) : null,
            "in" => ReadWords(map, value, path) is var (words, parameter) ? new FactTest.In(words, parameter) : null,
            "notIn" => ReadWords(map, value, path) is var (words, parameter) ? new FactTest.NotIn(words, parameter) : null,
            "above" => map.UnitOf(value, path, Counts((signal is null ? null : Signals.Find(signal)?.Events) ?? "events")) is { } limit ? new FactTest.Above(limit) : null,
            _ => map.UnitOf<TimeSpan>(value, path, PolicyUnits.TryDuration) is { } age ? new FactTest.OlderThan(age) : null,
        };
        return signal is null || test is null ? null : new(signal, test);
    }

    private bool? ReadFlag(PolicyNode node, string path)
    {
        if (node is PolicyNode.Scalar { Value: "true" or "false", IsPlain: true } scalar)
        {
            return scalar.Value == "true";
        }

        mistakes.Add(node, path, "must be true or false");
        return null;
    }

    // A list of words, or the name of a parameter that has one.
    private (IReadOnlyList<string> Words, string Parameter)? ReadWords(MapReader map, PolicyNode node, string path)
    {
        if (node is PolicyNode.Scalar)
        {
            return map.TextOf(node, path, PolicyBounds.MaxId) is { } parameter ? ([], parameter) : null;
        }

        if (node is not PolicyNode.List { Items.Count: >= 1 and <= PolicyBounds.MaxListed } list)
        {
            mistakes.Add(node, path, $"must be a list of 1 to {PolicyBounds.MaxListed} words, or the name of a parameter with such a list");
            return null;
        }

        var words = list.Items.Select(item => map.TextOf(item, path, PolicyBounds.MaxId)).ToList();
        return words.Contains(null) ? null : ([.. words.Select(w => w!)], "");
    }

    private List<PolicyCondition>? ReadParts(MapReader map, string kind, int depth)
    {
        if (depth >= PolicyBounds.MaxDepth)
        {
            map.Add(map.Node, map.Path, $"all and any can stand within each other to a depth of {PolicyBounds.MaxDepth}");
            return null;
        }

        var items = map.Items(kind, PolicyBounds.MaxConditions);
        var parts = items.Select((item, i) => Read(item, $"{map.PathOf(kind)}/{i}", depth + 1)).ToList();
        if (map.Find(kind) is PolicyNode.List { Items.Count: 0 } empty)
        {
            map.Add(empty, map.PathOf(kind), "must have at least one condition");
        }

        return parts.Count == 0 || parts.Contains(null) ? null : [.. parts.Select(p => p!)];
    }

    private static UnitForm<long> Counts(string noun) => (string text, out long count, out string fault) => PolicyUnits.TryCount(text, noun, out count, out fault);
}
