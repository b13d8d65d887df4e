using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Grid.Core.Enforcement.Policies;

namespace Grid.Host.Policies;

/// <summary>
/// Reads policies. In: a text, YAML or JSON, as operators write it. Out: a <see cref="PolicyReading"/>. Guarantees: every mistake is
/// listed at once with line, column and what would be right; never throws on any text; what is read is within <see cref="PolicyBounds"/>.
/// </summary>
public static partial class PolicyReader
{
    /// <summary>Keys at the top.</summary>
    internal static IReadOnlyList<string> Keys { get; } = ["policy", "words", "effective", "extends", "windows", "parameters", "drop", "clauses", .. ClauseReader.NoteLists.Keys];

    /// <summary>Reads and compiles.</summary>
    /// <param name="text">A text that begins with { is read as JSON.</param>
    /// <param name="find">Other policies' documents; null for one that there isn't.</param>
    /// <param name="version">That it is to have.</param>
    /// <param name="name">That it must have; null: any.</param>
    public static PolicyReading Read(string text, Func<string, PolicyDocument?> find, int version, string? name = null)
    {
        var mistakes = new Mistakes();
        if (Encoding.UTF8.GetByteCount(text) > PolicyBounds.MaxTextBytes)
        {
            return new PolicyReading.Refused([new(0, 0, "", $"a policy has at most {PolicyBounds.MaxTextBytes} bytes")]);
        }

        PolicyNode node;
        try
        {
            node = text.AsSpan().TrimStart() is ['{', ..] ? JsonNodes.Read(text) : YamlNodes.Read(text);
        }
        catch (PolicySyntaxException fault)
        {
            return new PolicyReading.Refused([new(fault.Line, fault.Column, "", fault.Message)]);
        }

        var document = Document(node, mistakes, name);
        var compiled = PolicyCompiler.Compile(document, find, version);
        foreach (var fault in compiled is Compilation.Refused refused ? refused.Faults : [])
        {
            mistakes.Add(fault);
        }

        return mistakes.Any || compiled is not Compilation.Done done ? new PolicyReading.Refused(mistakes.InOrder) : new PolicyReading.Done(document, done.Policy);
    }

    // What is wrong is left out, so that the rest is checked too.
    private static PolicyDocument Document(PolicyNode node, Mistakes mistakes, string? name)
    {
        var map = new MapReader(node, "", mistakes, Keys);
        var clauses = new ClauseReader(mistakes);
        var own = Name(map, "policy", map.Require("policy"));
        if (own is not null && name is not null && own != name)
        {
            map.Add(map.Find("policy")!, "policy", $"must be \"{name}\", the name that it is stored under");
        }

        return new()
        {
            Name = own ?? name ?? "",
            Words = map.Text("words") ?? "",
            Effective = Date(map),
            Extends = Name(map, "extends", map.Find("extends")),
            Windows = Windows(map),
            Parameters = map.Find("parameters") is { } parameters ? new ParameterReader(mistakes).Read(parameters) : [],
            Drop = [.. map.Items("drop", PolicyBounds.MaxClauses).Select(item => map.TextOf(item, "drop", PolicyBounds.MaxId)).OfType<string>()],
            Clauses = [.. map.Items("clauses", PolicyBounds.MaxClauses).Select(clauses.Clause).OfType<PolicyClause>()],
            Notes = [.. ClauseReader.NoteLists.Keys.SelectMany(list => map.Items(list, PolicyBounds.MaxClauses).Select((item, i) => clauses.Note(item, list, i))).OfType<PolicyNote>()],
        };
    }

    private static string? Name(MapReader map, string key, PolicyNode? node)
    {
        if (node is null || map.TextOf(node, key, PolicyBounds.MaxId) is not { } name)
        {
            return null;
        }

        if (NameForm().IsMatch(name))
        {
            return name;
        }

        map.Add(node, key, "must be 1 to 64 of a-z, 0-9 and '-', and begin with a letter or digit");
        return null;
    }

    private static DateOnly? Date(MapReader map)
    {
        if (map.Text("effective", 10) is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        map.Add(map.Find("effective")!, "effective", "must be a date such as 2026-02-20");
        return null;
    }

    private static List<TimeSpan>? Windows(MapReader map) => map.Has("windows")
        ? [.. map.Items("windows", PolicyBounds.MaxWindows).Select(item => map.UnitOf<TimeSpan>(item, "windows", PolicyUnits.TryDuration)).OfType<TimeSpan>()]
        : null;

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NameForm();
}
