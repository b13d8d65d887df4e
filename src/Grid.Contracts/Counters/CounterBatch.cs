using Grid.Core.Counters;

namespace Grid.Contracts.Counters;

/// <summary>
/// What the outcome log says of one subject, in log order. A grain applies each position of an owner's log once.
/// </summary>
/// <param name="Owner">Whose log.</param>
/// <param name="Previous">The last position sent for this subject before; 0 when the sender doesn't know. A grain that hasn't seen it says so and is sent the rest.</param>
/// <param name="Entries">In order of position.</param>
[GenerateSerializer, Immutable, Alias("grid.counter-batch")]
public sealed record CounterBatch(
    [property: Id(0)] string Owner,
    [property: Id(1)] long Previous,
    [property: Id(2)] IReadOnlyList<CounterEntry> Entries);
