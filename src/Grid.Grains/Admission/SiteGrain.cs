using Grid.Contracts.Admission;
using Grid.Contracts.Enforcement;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Enforcement;

namespace Grid.Grains.Admission;

/// <summary>A receiving site: the limits that hold for all its domains, and all our IPs, together.</summary>
[GrainType("site")]
public sealed class SiteGrain(IRegistry registry, TimeProvider clock) : Grain, ISiteGrain
{
    private readonly PermitDesk _permits = new(clock);
    private DomainLimits _limits = new();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _limits = await registry.FindAsync<DomainLimits>(Registered.Site, this.GetPrimaryKeyString(), cancellationToken) ?? new();
        Limit();
    }

    public ValueTask<PermitGrant> Acquire(IPermitHolder holder, PermitKind kind, int wanted, int unused) =>
        new(_permits.Grant(holder, kind, wanted, unused, "", _limits.MaxConnections ?? 0, _limits.MaxMessagesPerConnection ?? 0));

    public ValueTask<DomainLimits> Limits() => new(_limits);

    public async ValueTask SetLimits(DomainLimits limits)
    {
        await registry.PutAsync(Registered.Site, this.GetPrimaryKeyString(), limits);
        _limits = limits;
        Limit();
        await _permits.RevokeAsync(Subject.Site(this.GetPrimaryKeyString()), ended: false);
    }

    private void Limit() => _permits.Limit(Rate.TryParse(_limits.MaxRate, out var rate, out _) ? rate : null, null);
}
