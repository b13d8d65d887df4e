namespace Grid.Core.Counters;

/// <summary>One window of a <see cref="CounterSnapshot"/>, oldest slot first.</summary>
public sealed record WindowSnapshot(string Name, TimeSpan Slot, IReadOnlyList<SlotSnapshot> Slots);
