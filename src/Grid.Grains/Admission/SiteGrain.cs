using Grid.Contracts.Admission;
using Grid.Contracts.Enforcement;
using Grid.Core.Admission;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Enforcement;

namespace Grid.Grains.Admission;

/// <summary>
/// A receiving site: the limits that hold for all its domains, and all our IPs, together. An operator's limits go before those of its profile.
/// A grant at a slow rate is saved before it is used, so that the rate holds over restarts.
/// </summary>
[GrainType("site")]
public sealed class SiteGrain([PersistentState("site", "grid")] IPersistentState<SiteDocument> saved, IRegistry registry, IShapingSource shaping, TimeProvider clock)
    : Grain, ISiteGrain
{
    private readonly PermitDesk _permits = new(clock);
    private DomainLimits _limits = new();
    private Rate? _rate;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _limits = await registry.FindAsync<DomainLimits>(Registered.Site, this.GetPrimaryKeyString(), cancellationToken) ?? new();
        Limit();
    }

    public async ValueTask<PermitGrant> Acquire(IPermitHolder holder, PermitKind kind, int wanted, int unused)
    {
        Limit();
        var grant = _permits.Grant(holder, kind, wanted, unused, "", _limits.MaxConnections ?? Profile.SiteConnections ?? 0, _limits.MaxMessagesPerConnection ?? 0);
        if (grant.Count > 0 && _permits.MustSave(kind))
        {
            saved.State = new() { PermitsFrom = _permits.PermitsFrom };
            await saved.WriteStateAsync();
        }

        return grant;
    }

    public ValueTask<DomainLimits> Limits() => new(_limits);

    public async ValueTask SetLimits(DomainLimits limits)
    {
        await registry.PutAsync(Registered.Site, this.GetPrimaryKeyString(), limits);
        _limits = limits;
        Limit();
        await _permits.RevokeAsync(Subject.Site(this.GetPrimaryKeyString()), ended: false);
    }

    private ShapingProfile Profile => shaping.Current.ForSite(this.GetPrimaryKeyString());

    private void Limit()
    {
        var rate = Rate.TryParse(_limits.MaxRate, out var own, out _) ? own : Profile.SiteRate;
        if (rate != _rate)
        {
            _rate = rate;
            _permits.Limit(rate, saved.State.PermitsFrom);
        }
    }
}
