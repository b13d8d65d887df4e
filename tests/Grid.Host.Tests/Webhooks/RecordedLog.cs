using Grid.Core.Ports;
using Grid.Core.Vocabulary;

namespace Grid.Host.Tests.Webhooks;

/// <summary>An outcome log that remembers where readers began.</summary>
internal sealed class RecordedLog(IOutcomeLog log) : IOutcomeLog
{
    public List<long> ReadAfter { get; } = [];

    public long LastPosition => log.LastPosition;

    public void OnCommitted(Action<IReadOnlyList<OutcomeRecord>> consumer) => log.OnCommitted(consumer);

    public ValueTask<IReadOnlyList<OutcomeRecord>> ReadAsync(long after, int limit, CancellationToken cancellationToken = default) => log.ReadAsync(after, limit, cancellationToken);

    public ValueTask<(IReadOnlyList<OutcomeRecord> Records, long Next)> ReadTenantAsync(string tenant, long after, int limit, int scanLimit, CancellationToken cancellationToken = default)
    {
        ReadAfter.Add(after);
        return log.ReadTenantAsync(tenant, after, limit, scanLimit, cancellationToken);
    }

    public ValueTask<long> ReadCheckpointAsync(CancellationToken cancellationToken = default) => log.ReadCheckpointAsync(cancellationToken);

    public ValueTask WriteCheckpointAsync(long position, CancellationToken cancellationToken = default) => log.WriteCheckpointAsync(position, cancellationToken);
}
