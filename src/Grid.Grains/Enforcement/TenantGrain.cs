using Grid.Contracts.Admission;
using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Enforcement;

/// <summary>A tenant: its description, its intake quotas and delivery rate, and what all accounts have.</summary>
[GrainType("tenant")]
public sealed class TenantGrain([PersistentState("account", "grid")] IPersistentState<AccountState> saved, AccountServices services)
    : AccountGrain(SubjectKind.Tenant, saved, services), ITenantGrain
{
    private TenantSpec? _spec;
    private Allowance _allowance;

    protected override string PolicyName => _spec?.Policy ?? PolicyBook.Default;

    public override ValueTask<PermitGrant> Acquire(IPermitHolder holder, PermitKind kind, int wanted, int unused) => _spec is null
        ? new(Permits.Refuse(holder, new("unknown", Policy.Name, Policy.Version, "tenant", $"there is no tenant {this.GetPrimaryKeyString()}", []), ""))
        : GrantAsync(holder, kind, wanted, unused, _spec.Pool);

    public async ValueTask<TenantView?> Find() => _spec is null ? null : new(this.GetPrimaryKeyString(), _spec, await View());

    public async ValueTask<bool> Put(TenantSpec spec)
    {
        var created = _spec is null;
        await Services.Registry.PutAsync(Registered.Tenant, this.GetPrimaryKeyString(), spec);
        _spec = spec;
        Limit();
        await MoveAsync(created);
        await Permits.RevokeAsync(Subject, ended: false);
        return created;
    }

    protected override async ValueTask ConfigureAsync(CancellationToken cancellationToken)
    {
        _spec = await Services.Registry.FindAsync<TenantSpec>(Registered.Tenant, this.GetPrimaryKeyString(), cancellationToken);
        Limit();
    }

    protected override void Allow(Allowance allowance)
    {
        _allowance = allowance;
        Limit();
    }

    private void Limit()
    {
        var limits = _spec?.Limits ?? new();
        var own = Rate.TryParse(limits.MaxRate, out var rate, out _) ? rate : (Rate?)null;
        Permits.Limit(_allowance.Rate is { } bound && (own is not { } wider || bound.Interval > wider.Interval) ? bound : own, Saved.PermitsFrom);
        var day = _allowance.PerDay is { } probation ? (int)Math.Min(probation, limits.MessagesPerDay ?? int.MaxValue) : limits.MessagesPerDay;
        Permits.Quota(
            [
                .. limits.MessagesPerHour is { } hour ? [(hour, TimeSpan.FromHours(1))] : Array.Empty<(int, TimeSpan)>(),
                .. day is { } most ? [(most, TimeSpan.FromDays(1))] : Array.Empty<(int, TimeSpan)>(),
            ],
            Saved.Quotas);
    }
}
