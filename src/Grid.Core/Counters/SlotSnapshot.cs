namespace Grid.Core.Counters;

/// <summary>One slot of a <see cref="WindowSnapshot"/>.</summary>
/// <param name="At">When the slot begins.</param>
public sealed record SlotSnapshot(DateTimeOffset At, CounterTotals Totals);
