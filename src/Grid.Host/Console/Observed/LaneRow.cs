using Grid.Contracts.Sending;

namespace Grid.Host.Console.Observed;

/// <summary>A lane with what went over it in the last hour, and what its sender does now.</summary>
/// <param name="Sender">Null where this process has none.</param>
public sealed record LaneRow(Lane Lane, OutcomeCounts Counts, SenderView? Sender)
{
    /// <summary>Most rows of one table.</summary>
    public const int Most = 300;

    /// <summary>All lanes that either knows, those with most attempts first, of which the first 300.</summary>
    public static IReadOnlyList<LaneRow> Join(IReadOnlyDictionary<Lane, OutcomeCounts> counts, IReadOnlyList<SenderView> senders, Func<Lane, bool> which)
    {
        var views = senders.ToDictionary(sender => new Lane(sender.Ip, sender.Site));
        return [.. counts.Keys.Concat(views.Keys).Distinct().Where(lane => lane.Site.Length > 0 && which(lane))
            .Select(lane => new LaneRow(lane, counts.GetValueOrDefault(lane), views.GetValueOrDefault(lane)))
            .OrderByDescending(row => row.Counts.Attempts).ThenBy(row => row.Lane.Ip, StringComparer.Ordinal).ThenBy(row => row.Lane.Site, StringComparer.Ordinal).Take(Most)];
    }

    /// <summary>Is it waiting now?</summary>
    public bool IsBackingOff(DateTimeOffset now) => Sender?.BackOffUntil > now;
}
