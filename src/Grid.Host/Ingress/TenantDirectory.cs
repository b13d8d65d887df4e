using System.Collections.Concurrent;
using Grid.Contracts.Enforcement;
using Grid.Core.Ingress;

namespace Grid.Host.Ingress;

/// <summary>
/// What tenants are, for the hot path: a copy of each spec, at most 1 s old, and renewed at once after a change made in this process.
/// Holds at most 10,000 tenants; beyond that it begins anew. Standing isn't kept here: the tenant's grain and its permits decide on that.
/// </summary>
public sealed class TenantDirectory(IGrainFactory grains, TimeProvider clock)
{
    private const int MaxTenants = 10_000;
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, (TenantSpec? Spec, long ReadAt)> _specs = new(StringComparer.Ordinal);

    /// <summary>Null when there is no such tenant, also for what can't be the id of one.</summary>
    public ValueTask<TenantSpec?> FindAsync(string id) =>
        _specs.TryGetValue(id, out var known) && clock.GetElapsedTime(known.ReadAt) < MaxAge ? new(known.Spec)
        : TenantIdRule.IsValid(id) ? ReadAsync(id)
        : default;

    /// <summary>The tenant was changed: the next look reads it again.</summary>
    public void Forget(string id) => _specs.TryRemove(id, out _);

    private async ValueTask<TenantSpec?> ReadAsync(string id)
    {
        var readAt = clock.GetTimestamp();
        var spec = await grains.GetGrain<ITenantGrain>(id).Find() is { } known ? known.Spec with { Id = id, Scopes = known.Scopes } : null;
        if (_specs.Count >= MaxTenants)
        {
            _specs.Clear();
        }

        _specs[id] = (spec, readAt);
        return spec;
    }
}
