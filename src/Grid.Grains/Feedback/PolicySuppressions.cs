using System.Collections.Concurrent;
using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement;
using Grid.Core.Ingress;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Enforcement;

namespace Grid.Grains.Feedback;

/// <summary>
/// Suppressions under policies that take addresses for the same which differ in a plus tag, or in dots at Gmail.
/// In: entries and look-ups by normal address. Out: those of the store, and of the form without these differences, which such a policy has kept
/// beside each entry. Guarantees that under it no spelling of a suppressed address is found free; other policies' tenants have just what the store has.
/// Fails with <see cref="StoreUnavailableException"/>. Which policy a tenant has is believed for <see cref="BelievedFor"/>.
/// </summary>
public sealed class PolicySuppressions(ISuppressions store, IRegistry registry, PolicyBook policies, TimeProvider clock) : ISuppressions
{
    private const int MaxTenants = 10_000;
    private static readonly TimeSpan BelievedFor = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (AddressVariants Ignored, long ReadAt)> _ignored = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public async ValueTask<Suppression?> FindAsync(string tenant, string normalAddress, CancellationToken cancellationToken = default) =>
        await store.FindAsync(tenant, normalAddress, cancellationToken)
        ?? (await LooseAsync(tenant, normalAddress, cancellationToken) is { } loose ? await store.FindAsync(tenant, loose, cancellationToken) : null);

    /// <inheritdoc />
    public async ValueTask<Suppression?> FindAsync(string tenant, string normalAddress, MailStream stream, CancellationToken cancellationToken = default) =>
        await store.FindAsync(tenant, normalAddress, stream, cancellationToken)
        ?? (await LooseAsync(tenant, normalAddress, cancellationToken) is { } loose ? await store.FindAsync(tenant, loose, stream, cancellationToken) : null);

    /// <inheritdoc />
    public async ValueTask AddAsync(Suppression suppression, CancellationToken cancellationToken = default) => await store.AddAllAsync(await WithLooseAsync(suppression, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public async ValueTask AddAllAsync(IReadOnlyList<Suppression> suppressions, CancellationToken cancellationToken = default)
    {
        // In one write, so that a kill leaves none without the other.
        var all = new List<Suppression>(suppressions.Count);
        foreach (var one in suppressions)
        {
            all.AddRange(await WithLooseAsync(one, cancellationToken));
        }

        await store.AddAllAsync(all, cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask<bool> AddAfterAsync(Suppression suppression, int occasions, TimeSpan within, string occasion, CancellationToken cancellationToken = default)
    {
        var added = await store.AddAfterAsync(suppression, occasions, within, occasion, cancellationToken);

        // Also where it was added already: a kill may have come before the loose form was.
        if (await LooseAsync(suppression.Tenant, suppression.Address, cancellationToken) is { } loose
            && (added || await store.FindAsync(suppression.Tenant, suppression.Address, cancellationToken) is not null))
        {
            await store.AddAsync(suppression with { Address = loose }, cancellationToken);
        }

        return added;
    }

    /// <inheritdoc />
    public async ValueTask<bool> RemoveAsync(string tenant, string normalAddress, SuppressionReason? only = null, CancellationToken cancellationToken = default)
    {
        var removed = await store.RemoveAsync(tenant, normalAddress, only, cancellationToken);
        return (await LooseAsync(tenant, normalAddress, cancellationToken) is { } loose && await store.RemoveAsync(tenant, loose, only, cancellationToken)) | removed;
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<Suppression>> ListAsync(string tenant, string afterAddress, int limit, CancellationToken cancellationToken = default) =>
        store.ListAsync(tenant, afterAddress, limit, cancellationToken);

    private async ValueTask<IReadOnlyList<Suppression>> WithLooseAsync(Suppression suppression, CancellationToken cancellationToken) =>
        await LooseAsync(suppression.Tenant, suppression.Address, cancellationToken) is { } loose ? [suppression, suppression with { Address = loose }] : [suppression];

    /// <summary>The address without what the tenant's policy ignores; null where that is the same.</summary>
    private async ValueTask<string?> LooseAsync(string tenant, string normalAddress, CancellationToken cancellationToken)
    {
        // Most addresses have neither tags nor dots: for them nobody's policy is asked.
        if (!AddressNormalForm.TryNormalise(normalAddress, AddressVariants.DropPlusTag | AddressVariants.DropGmailDots, out var loosest) || loosest == normalAddress)
        {
            return null;
        }

        var ignored = _ignored.TryGetValue(tenant, out var known) && clock.GetElapsedTime(known.ReadAt) < BelievedFor ? known.Ignored : await ReadAsync(tenant, cancellationToken);
        return ignored != AddressVariants.None && AddressNormalForm.TryNormalise(normalAddress, ignored, out var loose) && loose != normalAddress ? loose : null;
    }

    private async ValueTask<AddressVariants> ReadAsync(string tenant, CancellationToken cancellationToken)
    {
        var readAt = clock.GetTimestamp();
        var name = (await registry.FindAsync<TenantSpec>(Registered.Tenant, tenant, cancellationToken))?.Policy;
        var policy = name is null ? null : (await policies.FindAsync(name))?.For(Subject.Tenant(tenant)).Policy;
        var ignored = policy?.Suppression.Ignored ?? AddressVariants.None;
        if (_ignored.Count >= MaxTenants)
        {
            _ignored.Clear();
        }

        _ignored[tenant] = (ignored, readAt);
        return ignored;
    }
}
