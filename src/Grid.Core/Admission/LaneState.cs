namespace Grid.Core.Admission;

/// <summary>What receivers have said to one IP at one site, as far as rules count it, and what follows. Never changed, only replaced.</summary>
public sealed record LaneState
{
    /// <summary>By rule: when replies matched it, the oldest first; no more than the rule's count needs.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<DateTimeOffset>> Hits { get; init; } = new Dictionary<string, IReadOnlyList<DateTimeOffset>>();

    /// <summary>Measures in force; one of a rule.</summary>
    public IReadOnlyList<LaneMeasure> Measures { get; init; } = [];

    /// <summary>The pace that was learnt; null: none.</summary>
    public LanePace? Pace { get; init; }

    /// <summary>What was sent lately, by minute since 1970; as of the last time it was saved.</summary>
    public IReadOnlyDictionary<long, int> Sent { get; init; } = new Dictionary<long, int>();

    /// <summary>When the last suspension ended or will end: connections grow from there; null: there was none of late.</summary>
    public DateTimeOffset? ResumesAt { get; init; }
}
