using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Grid.Core.Enforcement.Policies;
using Grid.Host.Policies;

namespace Grid.Host.Tests.Policies;

/// <summary>
/// The table of what carries each clause of the five providers' texts, made from the policies and the scenarios that test them.
/// </summary>
internal static class CoverageTable
{
    // Clauses that the texts have, by prefix and policy.
    private static readonly (string Prefix, string Policy, int Count)[] Texts =
        [("MS", "mailsequence", 66), ("SC", "mailscale", 54), ("MU", "mailup", 94), ("EM", "emarsys", 54), ("SS", "sendserver", 26)];

    // What tests that the grid carries it for all; a row has those of them that name its clause.
    private static readonly Dictionary<string, string> TestOf = new()
    {
        ["versions"] = "MechanismScenarioTests, UseScenarioTests",
        ["ledger"] = "MechanismScenarioTests",
        ["ladder"] = "LadderScenarioTests",
        ["operator"] = "MechanismScenarioTests",
        ["verbs"] = "VerbScenarioTests, MechanismScenarioTests, UseScenarioTests",
        ["counters"] = "MechanismScenarioTests, UseScenarioTests",
        ["reputation"] = "MessageScenarioTests, UseScenarioTests",
        ["check"] = "UseScenarioTests",
        ["intake"] = "MessageScenarioTests, UseScenarioTests",
        ["own-headers"] = "MechanismScenarioTests",
        ["sender-domains"] = "MechanismScenarioTests",
        ["return-path"] = "HostTests",
        ["suppressions"] = "UseScenarioTests, ComplaintScenarioTests",
        ["feedback"] = "ComplaintScenarioTests",
        ["limits"] = "UseScenarioTests",
        ["pending"] = "MessageScenarioTests",
        ["consent"] = "ConsentTests",
        ["profile"] = "MechanismScenarioTests",
        ["consent-store"] = "ConsentTests",
        ["double-opt-in"] = "ConsentTests",
        ["resellers"] = "ScopeTests",
        ["attribution"] = "AttributionTests",
        ["vetting"] = nameof(VettingScenarioTests),
        ["cases"] = nameof(CaseScenarioTests),
        ["legal-hold"] = nameof(CaseScenarioTests),
        ["billing"] = nameof(BillingScenarioTests),
        ["notices"] = nameof(NoticeScenarioTests),
        ["reports"] = nameof(ReportScenarioTests),
        ["abuse-form"] = nameof(ReportScenarioTests),
    };

    // What the grid reports by itself, and the test of that.
    private static readonly Dictionary<string, string> Reported = new()
    {
        ["report.spam"] = nameof(CaseScenarioTests),
        ["report.suspicion"] = nameof(CaseScenarioTests),
        ["tenant.damage"] = "AttributionTests",
        ["tenant.worst-contributor"] = "AttributionTests",
    };

    private static readonly ILookup<string, string> Sources = Directory.EnumerateFiles(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(ThisFile())!, ".."), "*Tests.cs", SearchOption.AllDirectories)
        .ToLookup(file => System.IO.Path.GetFileName(file), File.ReadAllText);

    public enum State
    {
        Works,
        OnReport,
        Waits,
        TextOnly,
    }

    public static string Path { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "src", "Grid.Host", "Policies", "Coverage.md"));

    /// <summary>Every id that the texts have.</summary>
    public static IEnumerable<(string Id, string Policy)> Ids =>
        Texts.SelectMany(text => Enumerable.Range(1, text.Count).Select(i => (string.Create(CultureInfo.InvariantCulture, $"{text.Prefix}-{i:00}"), text.Policy)));

    public static IReadOnlyList<(string Id, string Policy, string Words, string Carrier, string Test, State State)> Rows { get; } = [.. Ids.Select(row => Row(row.Id, row.Policy))];

    public static string Markdown()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # What carries each clause

            Made from the policies and their tests; a test holds it against both. Of {Rows.Count} clauses {Of(State.Works)} work by themselves, {Of(State.OnReport)} are enforced as soon as
            a finding or listing is reported (`POST /v1/findings`) and wait for the checks that report by themselves, {Of(State.Waits)} wait for a mechanism, and {Of(State.TextOnly)} ask
            nothing of software.

            | clause | policy | rule | carried by | test | state |
            | --- | --- | --- | --- | --- | --- |

            """);
        foreach (var row in Rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {row.Id} | {row.Policy} | {row.Words} | {row.Carrier} | {row.Test} | {Name(row.State)} |\n");
        }

        return text.ToString();

        static int Of(State state) => Rows.Count(row => row.State == state);
    }

    private static (string, string, string, string, string, State) Row(string id, string name)
    {
        var policy = BuiltInPolicies.Policy(name)!;
        if (policy.Notes.FirstOrDefault(n => n.Id == id) is { } note)
        {
            return note.Kind switch
            {
                NoteKind.Carried => (id, name, note.Words, Mechanisms.All[note.By], Naming(id, TestOf.GetValueOrDefault(note.By, "")), State.Works),
                NoteKind.Waits => (id, name, note.Words, "waits for " + Mechanisms.All[note.By], "", State.Waits),
                _ => (id, name, note.Words, "the text", "", State.TextOnly),
            };
        }

        var clause = policy.Written.FirstOrDefault(c => c.Id == id) ?? throw new InvalidOperationException($"{name} has neither clause nor note {id}");
        var leaves = Leaves(clause.When).ToList();
        var reported = leaves.OfType<PolicyCondition.Event>().Select(e => e.Signal).Concat(leaves.OfType<PolicyCondition.Count>().Select(c => c.Signal).Where(Signals.IsReported)).ToList();
        var carrier = leaves.Exists(l => l is PolicyCondition.Fact) ? "judged with each message"
            : reported.Count > 0 ? "judged with each report of " + string.Join(", ", reported.Distinct())
            : "judged with each outcome";
        var then = string.Join(", ", clause.Then.Select(t => t.Kind.ToString().ToLowerInvariant()));

        // An operator's verdict needs no check, and one way in which a clause works by itself is enough.
        var waits = reported.Count == leaves.Count && reported.TrueForAll(r => Signals.Find(r)!.Kind is SignalKind.Finding or SignalKind.Listing && !Reported.ContainsKey(r));
        var tests = string.Join(", ", reported.Select(r => Reported.GetValueOrDefault(r)).OfType<string>().Distinct().Prepend(Tests(id)));
        return (id, name, clause.Words, $"{carrier} → {then}", tests, waits ? State.OnReport : State.Works);
    }

    private static IEnumerable<PolicyCondition> Leaves(PolicyCondition condition) => condition switch
    {
        PolicyCondition.All all => all.Of.SelectMany(Leaves),
        PolicyCondition.Any any => any.Of.SelectMany(Leaves),
        _ => [condition],
    };

    private static string Tests(string id)
    {
        var tests = new List<string>();
        if (MessageScenarioTests.Rows.Concat(MessageScenarioTests.Advice).Any(row => row.Data.Item1 == id))
        {
            tests.Add(nameof(MessageScenarioTests));
        }

        if (VettingScenarioTests.Clauses.Contains(id))
        {
            tests.Add(nameof(VettingScenarioTests));
        }

        if (ClauseScenarioTests.Clauses.Any(row => row.Data.Item4 == id))
        {
            tests.Add(nameof(ClauseScenarioTests));
        }

        if (ContentScenarioTests.Clauses.Any(row => row.Data.Item2 == id))
        {
            tests.Add(nameof(ContentScenarioTests));
        }

        return string.Join(", ", tests);
    }

    // Of the tests of a mechanism, those that name the clause.
    private static string Naming(string id, string tests) => string.Join(", ", tests.Split(", ").Where(test => Sources.Contains(test + ".cs") && Regex.IsMatch(Sources[test + ".cs"].First(), $"{id[..2]}[-_]{id[3..]}(?![0-9])")));

    private static string Name(State state) => state switch
    {
        State.Works => "works",
        State.OnReport => "on report; waits for checks",
        State.Waits => "waits",
        _ => "text only",
    };

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
