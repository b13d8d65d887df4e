using Grid.Core.Vocabulary;

namespace Grid.Core.Admission;

/// <summary>
/// What: decides how fast one IP may go to one site. In: what receivers said, matched to a rule, and the time. Out: measures, and the limits
/// that follow from them. Guarantees: a measure begins with the reply that completes its count and ends at its time; the same rule again
/// renews it and never shortens it; after a suspension there is one connection, and one more with each step in peace.
/// </summary>
public static class LaneShaping
{
    private const int MostRules = 200;
    private const int MostWords = 300;

    /// <summary>Counts replies that matched a rule. The state that follows, and the measure where it set one off.</summary>
    public static (LaneState State, LaneMeasure? Begun) Observe(LaneState state, ShapingRule rule, int replies, SmtpReply last, DateTimeOffset now)
    {
        var current = Prune(state, now);
        var hits = current.Hits.GetValueOrDefault(rule.Id, []).Where(at => at > now - rule.Within).Concat(Enumerable.Repeat(now, Math.Min(replies, rule.Count))).TakeLast(rule.Count).ToList();
        if (hits.Count < rule.Count)
        {
            return (current with { Hits = With(current.Hits, rule.Id, hits) }, null);
        }

        var before = current.Measures.FirstOrDefault(m => m.Rule == rule.Id);
        var until = now + rule.For;
        var words = last.ToString();
        var measure = new LaneMeasure(
            rule.Id, rule.Action, now, before?.Until > until ? before.Until : until, words[..Math.Min(words.Length, MostWords)], hits.Count, rule.Connections, rule.MessagesPerConnection, rule.Rate);
        var resumes = rule.Action == ShapingAction.Suspend && !(current.ResumesAt > measure.Until) ? measure.Until : current.ResumesAt;
        return (current with
        {
            Hits = With(current.Hits, rule.Id, []),
            Measures = [.. current.Measures.Where(m => m.Rule != rule.Id), measure],
            ResumesAt = resumes,
        }, measure);
    }

    /// <summary>The limits at an instant. <paramref name="usual"/>: connections where the profile has none of its own.</summary>
    public static LaneLimits At(ShapingProfile profile, LaneState state, int usual, DateTimeOffset now)
    {
        var measures = state.Measures.Where(m => m.Until > now).ToList();
        var connections = Least(measures.Select(m => m.Connections).Append(profile.Connections ?? usual));
        if (state.ResumesAt is { } resumed && resumed <= now)
        {
            // Steps may be many: what is beyond an int is beyond any limit.
            connections = (int)Math.Min(connections, 1 + Math.Min((now - resumed) / profile.Step, 100_000));
        }

        return new(
            measures.Where(m => m.Action is ShapingAction.Suspend or ShapingAction.RestIp).MaxBy(m => m.Until),
            connections,
            Least(measures.Select(m => m.MessagesPerConnection).Append(profile.MessagesPerConnection)),
            measures.Select(m => m.Rate).Append(profile.Rate).Append(state.Pace?.Rate).Where(r => r is not null).MinBy(r => r!.Value.PerSecond));
    }

    /// <summary>An operator ends every measure; connections still begin with one after a suspension.</summary>
    public static LaneState Resume(LaneState state, DateTimeOffset now) =>
        new() { ResumesAt = state.Measures.Any(m => m.Until > now && m.Action != ShapingAction.Limit) ? now : state.ResumesAt };

    private static LaneState Prune(LaneState state, DateTimeOffset now) => state with
    {
        Measures = [.. state.Measures.Where(m => m.Until > now)],
        ResumesAt = state.ResumesAt is { } at && now - at > TimeSpan.FromDays(1) ? null : state.ResumesAt,
    };

    private static Dictionary<string, IReadOnlyList<DateTimeOffset>> With(IReadOnlyDictionary<string, IReadOnlyList<DateTimeOffset>> hits, string rule, IReadOnlyList<DateTimeOffset> now)
    {
        // Rules that a later set of profiles no longer has must not stay for ever.
        var kept = hits.Where(h => h.Key != rule).OrderByDescending(h => h.Value.LastOrDefault()).Take(MostRules - 1);
        return new(kept.Append(new(rule, now)).Where(h => h.Value.Count > 0), StringComparer.Ordinal);
    }

    private static int Least(IEnumerable<int?> limits) => limits.Where(l => l > 0).Min() ?? 0;
}
