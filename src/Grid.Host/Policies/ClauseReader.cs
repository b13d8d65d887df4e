using System.Text.RegularExpressions;
using Grid.Core.Enforcement.Policies;

namespace Grid.Host.Policies;

/// <summary>Reads clauses and notes.</summary>
internal sealed partial class ClauseReader(Mistakes mistakes)
{
    public static IReadOnlyList<string> ClauseKeys { get; } = ["id", "words", "remedy", "source", "subject", "when", "then"];

    public static IReadOnlyDictionary<string, NoteKind> NoteLists { get; } = new Dictionary<string, NoteKind>(StringComparer.Ordinal)
    {
        ["textOnly"] = NoteKind.TextOnly,
        ["carried"] = NoteKind.Carried,
        ["waits"] = NoteKind.Waits,
    };

    private readonly Dictionary<string, int> _lineOf = new(StringComparer.Ordinal);

    /// <summary>Null after a mistake.</summary>
    public PolicyClause? Clause(PolicyNode node, int index)
    {
        var map = new MapReader(node, PathOf(node, $"clauses/{index}"), mistakes, ClauseKeys);
        var id = Id(map);
        var words = map.RequireText("words");
        var remedy = map.Text("remedy") ?? "";
        var source = Source(map);
        var subject = Named(map, map.Require("subject"), "subject", Enum.GetValues<PolicySubject>());
        var condition = map.Require("when") is { } when ? new ConditionReader(mistakes).Read(when, map.PathOf("when")) : null;
        var then = map.Require("then") is { } list ? Consequences(map, list) : null;
        return id is null || words is null || subject is null || condition is null || then is null ? null : new(id, words, remedy, source, subject.Value, condition, then);
    }

    /// <summary>Null after a mistake.</summary>
    public PolicyNote? Note(PolicyNode node, string list, int index)
    {
        var kind = NoteLists[list];
        var by = kind switch { NoteKind.Carried => "by", NoteKind.Waits => "for", _ => null };
        var map = new MapReader(node, PathOf(node, $"{list}/{index}"), mistakes, by is null ? ["id", "words", "source"] : ["id", "words", "source", by]);
        var id = Id(map);
        var words = map.RequireText("words");
        var source = Source(map);
        var mechanism = by is null ? "" : map.RequireText(by, PolicyBounds.MaxId);
        if (mechanism is { Length: > 0 } && !Mechanisms.All.ContainsKey(mechanism))
        {
            mistakes.Add(map.Find(by!)!, map.PathOf(by!), $"there is no mechanism \"{mechanism}\"{NearestName.Hint(mechanism, Mechanisms.All.Keys)}; there are {string.Join(", ", Mechanisms.All.Keys)}");
        }

        return id is null || words is null || mechanism is null ? null : new(id, words, source, kind, mechanism);
    }

    // A clause is spoken of by its id where it has one.
    private static string PathOf(PolicyNode node, string otherwise) =>
        node is PolicyNode.Map map && map.Entries.FirstOrDefault(e => e.Key.Value == "id").Value is PolicyNode.Scalar { Value: var id } && IdForm().IsMatch(id) ? "clauses/" + id : otherwise;

    private string? Id(MapReader map)
    {
        if (map.RequireText("id", PolicyBounds.MaxId) is not { } id)
        {
            return null;
        }

        if (!IdForm().IsMatch(id))
        {
            mistakes.Add(map.Find("id")!, map.PathOf("id"), "must be 1 to 64 letters, digits, '.', '_' or '-', and begin with a letter or digit");
            return null;
        }

        if (!_lineOf.TryAdd(id, map.Node.Line))
        {
            mistakes.Add(map.Find("id")!, map.PathOf("id"), $"the id is used already, in line {_lineOf[id]}");
            return null;
        }

        return id;
    }

    private ClauseSource? Source(MapReader map)
    {
        if (map.Text("source", 200) is not { } text)
        {
            return null;
        }

        if (SourceForm().Match(text) is { Success: true } match)
        {
            return new(match.Groups[1].Value, match.Groups[2].Value);
        }

        mistakes.Add(map.Find("source")!, map.PathOf("source"), "must be the name of a text and its lines, such as \"mailup 38\" or \"mailscale 77-79\"");
        return null;
    }

    private List<PolicyConsequence>? Consequences(MapReader map, PolicyNode node)
    {
        var items = node is PolicyNode.List list ? list.Items : [node];
        if (items.Count is 0 or > 8)
        {
            mistakes.Add(node, map.PathOf("then"), "must be 1 to 8 consequences");
            return null;
        }

        var all = items.Select(item => Consequence(map, item)).ToList();
        return all.Contains(null) ? null : [.. all.Select(c => c!)];
    }

    // "refuse", {warn: 48 h}, or {suspend: {for: 2 h, atMost: 24 h}}.
    private PolicyConsequence? Consequence(MapReader map, PolicyNode node)
    {
        var path = map.PathOf("then");
        if (node is not PolicyNode.Map { Entries: [var (key, value)] })
        {
            if (node is PolicyNode.Scalar)
            {
                return Named(map, node, "then", Enum.GetValues<Consequence>()) is { } plain ? new(plain) : null;
            }

            mistakes.Add(node, path, "must be a consequence such as refuse, {warn: 48 h} or {suspend: {for: 2 h, atMost: 24 h}}");
            return null;
        }

        if (Named(map, key, "then", Enum.GetValues<Consequence>()) is not { } kind)
        {
            return null;
        }

        if (value is not PolicyNode.Map)
        {
            return map.UnitOf<TimeSpan>(value, path, PolicyUnits.TryDuration) is { } span ? new(kind, span) : null;
        }

        var times = new MapReader(value, path, mistakes, ["for", "atMost"]);
        var length = times.Unit<TimeSpan>("for", PolicyUnits.TryDuration);
        var atMost = times.Has("atMost") ? times.Unit<TimeSpan>("atMost", PolicyUnits.TryDuration) : null;
        return length is null ? null : new(kind, length, atMost);
    }

    private T? Named<T>(MapReader map, PolicyNode? node, string key, IReadOnlyList<T> values)
        where T : struct, Enum
    {
        if (node is null || map.TextOf(node, map.PathOf(key), PolicyBounds.MaxId) is not { } text)
        {
            return null;
        }

        foreach (var value in values.Where(v => v.ToString().ToLowerInvariant() == text))
        {
            return value;
        }

        var names = values.Select(v => v.ToString().ToLowerInvariant()).ToList();
        mistakes.Add(node, map.PathOf(key), $"there is no {(key == "then" ? "consequence" : key)} \"{text}\"{NearestName.Hint(text, names)}; there are {string.Join(", ", names)}");
        return null;
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdForm();

    [GeneratedRegex(@"^([a-z0-9][a-z0-9-]{0,63}) ([0-9]{1,5}(?:[-,][0-9]{1,5}){0,9})\z", RegexOptions.CultureInvariant)]
    private static partial Regex SourceForm();
}
