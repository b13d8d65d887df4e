namespace Grid.Core.Counters;

/// <summary>State of <see cref="RollingCounters"/>, to be saved: only slots in which something happened.</summary>
/// <param name="StartedAt">Events before this instant don't count.</param>
public sealed record CounterSnapshot(DateTimeOffset StartedAt, IReadOnlyList<WindowSnapshot> Windows);
