namespace Grid.Core.Counters;

/// <summary>A change of counters, at the instant that it belongs to.</summary>
public sealed record CounterDelta(DateTimeOffset At, CounterTotals Totals);
