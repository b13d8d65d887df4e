using System.Globalization;
using Grid.Core.Enforcement;
using Grid.Core.Enforcement.Policies;
using Grid.Core.Vocabulary;
using Grid.Grains.Enforcement;
using Grid.Host.Policies;

namespace Grid.Host.Demo.Policies;

/// <summary>
/// The same history under the five policies, side by side. In: the story, the built-in policies. Out: rows of cells, and lines of text. Guarantees
/// that what it shows is what the grid decides: standings by the replay that a preview uses, messages by the judge at intake.
/// </summary>
internal static class StoryTable
{
    private const string Nothing = "-";

    /// <summary>What happened, then a cell for each policy.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Rows()
    {
        var columns = PolicyStory.Policies.Select(name => Column(BuiltInPolicies.Policy(name)!)).ToList();
        return [.. Happenings().Select((words, i) => (IReadOnlyList<string>)[words, .. columns.Select(column => column[i])])];
    }

    /// <summary>The table as text, each cell as wide as its column.</summary>
    public static IEnumerable<string> Lines()
    {
        List<IReadOnlyList<string>> rows = [["what happens", .. PolicyStory.Policies], .. Rows()];
        var widths = Enumerable.Range(0, rows[0].Count).Select(i => rows.Max(row => row[i].Length)).ToList();
        yield return Line(rows[0]);
        yield return "|" + string.Join('|', widths.Select(width => new string('-', width + 2))) + "|";
        foreach (var row in rows.Skip(1))
        {
            yield return Line(row);
        }

        string Line(IReadOnlyList<string> cells) => "| " + string.Join(" | ", cells.Select((cell, i) => cell.PadRight(widths[i]))) + " |";
    }

    private static IEnumerable<string> Happenings() => PolicyStory.Steps
        .Select(step => string.Create(CultureInfo.InvariantCulture, $"day {(step.At - PolicyStory.Start).Days}: {step.Words}"))
        .Append("in the end");

    private static List<string> Column(EnforcementPolicy policy)
    {
        var subject = Subject.Tenant(PolicyStory.Tenant);
        var changes = new List<ReplayedChange>();
        var replay = new PolicyReplay(policy, s => s == subject, _ => Before(), PolicyStory.Start, changes.Add);
        foreach (var step in PolicyStory.Steps)
        {
            foreach (var record in step.Outcomes)
            {
                replay.Next(record);
            }

            if (step.Entry is { } entry)
            {
                replay.Next(entry);
            }
        }

        replay.End(PolicyStory.End);
        return [.. PolicyStory.Steps.Select((step, i) => step.Message is { } message ? Judged(policy, message) : Decided(changes, step.At, i)), Ended(changes)];
    }

    // An old customer in good standing, with no probation any more.
    private static StandingState Before() => new() { Standing = Standing.Active, Since = PolicyStory.Start.AddYears(-1), WindowsFrom = PolicyStory.Start.AddYears(-1) };

    private static string Judged(EnforcementPolicy policy, MessageFacts message)
    {
        var refusals = MessageJudge.Judge(policy, message).Findings.Where(f => f.Clause.Action != Consequence.Record).Select(f => f.Clause.Id).Distinct().ToList();
        return refusals.Count == 0 ? "taken" : "refused " + string.Join(" ", refusals);
    }

    private static string Decided(List<ReplayedChange> changes, DateTimeOffset from, int step)
    {
        var to = step + 1 < PolicyStory.Steps.Count ? PolicyStory.Steps[step + 1].At : PolicyStory.End;
        if (PolicyStory.Steps[step].Entry is { Kind: DecisionKind.Transition })
        {
            return StandingAt(changes, from) switch { Standing.Suspended or Standing.Warned => "active", Standing.Terminated => "stays terminated", _ => Nothing };
        }

        var within = changes.Where(c => c.At >= from && c.At < to).Select(c => $"{c.Action} {c.Clause}").ToList();
        return within.Count == 0 ? Nothing : string.Join(", ", within);
    }

    private static string Ended(List<ReplayedChange> changes) => StandingAt(changes, PolicyStory.End).ToString().ToLowerInvariant();

    // What the grid changed last, or the operator after it; from terminated nobody returns.
    private static Standing StandingAt(List<ReplayedChange> changes, DateTimeOffset at)
    {
        var last = changes.LastOrDefault(c => c.At < at);
        var acted = PolicyStory.Steps.LastOrDefault(s => s.At < at && s.Entry is { Kind: DecisionKind.Transition });
        return last is null ? Standing.Active : last.To != Standing.Terminated && acted?.At > last.At ? acted.Entry!.To : last.To;
    }
}
