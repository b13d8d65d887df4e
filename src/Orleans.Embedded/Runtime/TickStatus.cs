namespace Orleans.Runtime;

/// <summary>When a reminder ticks.</summary>
[GenerateSerializer]
[Immutable]
public readonly struct TickStatus(DateTime firstTickTime, TimeSpan period, DateTime timeStamp)
{
    /// <summary>First tick, UTC.</summary>
    [Id(0)]
    public DateTime FirstTickTime { get; } = firstTickTime;

    /// <summary>Time between ticks.</summary>
    [Id(1)]
    public TimeSpan Period { get; } = period;

    /// <summary>This tick, UTC.</summary>
    [Id(2)]
    public DateTime CurrentTickTime { get; } = timeStamp;

    /// <inheritdoc />
    public override string ToString() => $"{CurrentTickTime:O} (from {FirstTickTime:O} every {Period})";
}
