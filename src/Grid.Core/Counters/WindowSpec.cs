namespace Grid.Core.Counters;

/// <summary>A rolling window and the slots that it is kept in.</summary>
/// <param name="Name">How clauses name it, such as "7d".</param>
/// <param name="Length">How far back it reaches; an event counts for at least this long and at most one slot longer.</param>
/// <param name="Slot">Length of a slot; the window holds at most Length ÷ Slot + 1 of them, so at most 10,000.</param>
public sealed record WindowSpec(string Name, TimeSpan Length, TimeSpan Slot)
{
    /// <summary>"7d" in hours, "24h" in quarters of an hour, "1h" in minutes.</summary>
    public static IReadOnlyList<WindowSpec> Default { get; } =
    [
        new("7d", TimeSpan.FromDays(7), TimeSpan.FromHours(1)),
        new("24h", TimeSpan.FromHours(24), TimeSpan.FromMinutes(15)),
        new("1h", TimeSpan.FromHours(1), TimeSpan.FromMinutes(1)),
    ];
}
