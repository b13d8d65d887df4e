using Grid.Core.Vocabulary;

namespace Grid.Core.Ports;

/// <summary>What has happened, of every owner's log, for looking back over long stretches.</summary>
public interface IOutcomeHistory
{
    /// <summary>
    /// Outcomes from an instant (included) to another (not included), in the order of each log and, between logs, of time; in pages. Only what
    /// is counted is filled in: no message, address or reply. Records past their retention are among <see cref="DaysAsync"/>.
    /// </summary>
    IAsyncEnumerable<IReadOnlyList<OutcomeRecord>> ReadAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default);

    /// <summary>Daily sums of outcomes past their retention, from a day (included) to another (not included), in the order of days; in pages.</summary>
    IAsyncEnumerable<IReadOnlyList<OutcomeDay>> DaysAsync(DateOnly from, DateOnly to, CancellationToken cancellationToken = default);
}
