using Grid.Core.Vocabulary;

namespace Grid.Core.Ports;

/// <summary>Addresses not to be mailed, by tenant, in normal form.</summary>
public interface ISuppressions
{
    /// <summary>The entry for this tenant or for all tenants ("*"); null where there is none. Costs no I/O for most addresses that aren't suppressed.</summary>
    ValueTask<Suppression?> FindAsync(string tenant, string normalAddress, CancellationToken cancellationToken = default);

    /// <summary>Adds or strengthens: a Manual entry becomes the other reason, never the reverse. Durable when the task completes, and seen by every FindAsync begun after that.</summary>
    ValueTask AddAsync(Suppression suppression, CancellationToken cancellationToken = default);

    ValueTask<bool> RemoveAsync(string tenant, string normalAddress, CancellationToken cancellationToken = default);

    ValueTask<IReadOnlyList<Suppression>> ListAsync(string tenant, string afterAddress, int limit, CancellationToken cancellationToken = default);
}
