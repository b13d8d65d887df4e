using Grid.Core.Counters;

namespace Grid.Contracts.Counters;

/// <summary>One or several outcomes added up.</summary>
/// <param name="Position">Position of the last of them in the log.</param>
/// <param name="At">When they are counted.</param>
[GenerateSerializer, Immutable, Alias("grid.counter-entry")]
public sealed record CounterEntry(
    [property: Id(0)] long Position,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] CounterTotals Totals)
{
    /// <summary>Whose mail was refused for the sending IP's reputation or complained of; null where nobody's was.</summary>
    [Id(3)]
    public IReadOnlyList<Harm>? Harm { get; init; }

    /// <summary>For a recipient domain: how each sending IP fared; null where none tried.</summary>
    [Id(4)]
    public IReadOnlyList<IpTally>? Ips { get; init; }
}
