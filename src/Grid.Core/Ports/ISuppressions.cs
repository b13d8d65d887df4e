using Grid.Core.Vocabulary;

namespace Grid.Core.Ports;

/// <summary>Addresses not to be mailed, by tenant and scope, in normal form.</summary>
public interface ISuppressions
{
    /// <summary>The entry of this tenant or of all tenants, whatever mail it forbids, the tenant's own and the widest first; null where there is none. Costs no I/O for most addresses that aren't suppressed.</summary>
    ValueTask<Suppression?> FindAsync(string tenant, string normalAddress, CancellationToken cancellationToken = default);

    /// <summary>The entry that forbids mail of this stream; null where it may be sent.</summary>
    ValueTask<Suppression?> FindAsync(string tenant, string normalAddress, MailStream stream, CancellationToken cancellationToken = default);

    /// <summary>Adds or strengthens: a stronger reason takes the place of a weaker one of the same scope, never the reverse. Durable when the task completes, and seen by every FindAsync begun after that.</summary>
    ValueTask AddAsync(Suppression suppression, CancellationToken cancellationToken = default);

    /// <summary>The same for many, all or none; at most 1,000.</summary>
    ValueTask AddAllAsync(IReadOnlyList<Suppression> suppressions, CancellationToken cancellationToken = default);

    /// <summary>Adds it when the address has had so many occasions for it, each at most <paramref name="within"/> after the one before; until then keeps count. True when it was added.</summary>
    /// <param name="occasion">Names what it is about: the last one again counts no more.</param>
    ValueTask<bool> AddAfterAsync(Suppression suppression, int occasions, TimeSpan within, string occasion, CancellationToken cancellationToken = default);

    /// <summary>Removes a tenant's entries of an address, or only those of a reason; false where there was none.</summary>
    ValueTask<bool> RemoveAsync(string tenant, string normalAddress, SuppressionReason? only = null, CancellationToken cancellationToken = default);

    /// <summary>About <paramref name="limit"/> entries of a tenant in order of address, then scope; entries of one address are never parted, so it may be one more.</summary>
    ValueTask<IReadOnlyList<Suppression>> ListAsync(string tenant, string afterAddress, int limit, CancellationToken cancellationToken = default);
}
