using Grid.Core.Vocabulary;

namespace Grid.Core.Ports;

/// <summary>The ledger's incidents, found without going through the ledger: noted with each entry, in its transaction.</summary>
public interface IIncidentBook
{
    /// <summary>Newest first, of a subject or of all (null), from one instant to before another; at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<Incident>> ListAsync(Subject? subject, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken = default);

    /// <summary>The one that an entry opened; null where there is no such entry, or it opened none.</summary>
    ValueTask<Incident?> FindAsync(string id, CancellationToken cancellationToken = default);
}
