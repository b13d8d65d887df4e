namespace Grid.Contracts.Counters;

/// <summary>A grain whose counters are a projection of the outcome log.</summary>
[Alias("grid.counting")]
public interface ICountingGrain : IGrainWithStringKey
{
    /// <summary>Counts, then judges. Returns the position up to which the owner's log has been applied: less than <see cref="CounterBatch.Previous"/>
    /// when an earlier batch is missing, in which case nothing was applied and everything after the returned position is to be sent again.</summary>
    [Alias("apply")]
    ValueTask<long> Apply(CounterBatch batch);

    /// <summary>Saves what was applied; durable when it completes.</summary>
    [Alias("save")]
    ValueTask Save();
}
