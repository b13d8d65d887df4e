using Grid.Core.Vocabulary;

namespace Grid.Core.Ports;

/// <summary>Reading side of the outcome log of this owner. Writing is <see cref="ISpool.SettleAsync"/> and <see cref="ISpool.AcceptAsync"/>.</summary>
public interface IOutcomeLog
{
    /// <summary>Called in log order after each commit, before the writers' tasks complete, on the writer's thread: it must only hand over.
    /// Several may be set, each before the first write.</summary>
    void OnCommitted(Action<IReadOnlyList<OutcomeRecord>> consumer);

    /// <summary>Position of the last committed record; 0 when empty.</summary>
    long LastPosition { get; }

    /// <summary>Up to <paramref name="limit"/> records after a position, oldest first.</summary>
    ValueTask<IReadOnlyList<OutcomeRecord>> ReadAsync(long after, int limit, CancellationToken cancellationToken = default);

    /// <summary>Records of one tenant after a position. Looks at no more than <paramref name="scanLimit"/> records; <c>Next</c> is the position to go on from.</summary>
    ValueTask<(IReadOnlyList<OutcomeRecord> Records, long Next)> ReadTenantAsync(string tenant, long after, int limit, int scanLimit, CancellationToken cancellationToken = default);

    /// <summary>Position up to which every counter is known to be saved: replay starts after it.</summary>
    ValueTask<long> ReadCheckpointAsync(CancellationToken cancellationToken = default);

    /// <summary>Moves the checkpoint forward.</summary>
    ValueTask WriteCheckpointAsync(long position, CancellationToken cancellationToken = default);
}
