using Grid.Contracts.Admission;
using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement;
using Grid.Core.Outcomes;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Enforcement;

/// <summary>A tenant: its description, its intake quotas and delivery rate, and what all accounts have.</summary>
[GrainType("tenant")]
public sealed partial class TenantGrain([PersistentState("account", "grid")] IPersistentState<AccountState> saved, AccountServices services)
    : AccountGrain(SubjectKind.Tenant, saved, services), ITenantGrain
{
    private TenantSpec? _spec;
    private Allowance _allowance;
    private IReadOnlyList<ClauseOverride> _overrides = [];

    protected override bool StartsPending => _spec?.Review is not null;

    protected override string PolicyName => _spec?.Policy ?? PolicyBook.Default;

    public override ValueTask<PermitGrant> Acquire(IPermitHolder holder, PermitKind kind, int wanted, int unused) => _spec is null
        ? new(Permits.Refuse(holder, new("unknown", Policy.Name, Policy.Version, "tenant", $"there is no tenant {this.GetPrimaryKeyString()}", []), ""))
        : _held is { } held
        ? new(Permits.Refuse(holder, Refused(held), _spec.Pool))
        : HoldingBackAsync(kind, GrantAsync(holder, kind, wanted, unused, _spec.Sandbox ? MailboxSimulator.Pool : _spec.Pool));

    public async ValueTask<TenantView?> Find() =>
        _spec is null ? null : new(this.GetPrimaryKeyString(), _spec, await View()) { Scopes = _scopes, Held = _held };

    public async ValueTask<bool> Put(TenantSpec spec)
    {
        var created = _spec is null;
        await AdoptAsync(spec);
        await Services.Registry.PutAsync(Registered.Tenant, this.GetPrimaryKeyString(), spec);
        _spec = spec;
        _held = await HoldingAsync(CancellationToken.None);
        Limit();
        await MoveAsync(created);
        await Permits.RevokeAsync(Subject, ended: false);
        return created;
    }

    public ValueTask<PermitRefusal?> May(Verb verb) => new(_spec is not null && _held is { } held && verb <= Verb.DeliverTransactional ? Refused(held) : _spec is null || PermittedVerbs.Allows(Policy, State, verb) ? null : Refused());

    protected override bool MayUse(PermitKind kind) => MayUse(kind, MailStream.Bulk) || MayUse(kind, MailStream.Transactional);

    public ValueTask<StandingChange> Vetted(bool verified, string by, string reason) => State.Standing == Standing.Pending
        ? OperateAsync(verified ? StandingMachine.Verified(Policy, State, reason, Now) : StandingMachine.Operator(Policy, SubjectKind.Tenant, State, Standing.Terminated, reason, Now), by)
        : new(new StandingChange(State.Standing, null));

    public ValueTask<StandingChange> Admit(string reason, IReadOnlyList<string> missing) =>
        OperateAsync(StandingMachine.Unvetted(Policy, State, reason, missing, Now), "operator");

    public ValueTask<IReadOnlyList<ClauseOverride>> Overrides() => new(_overrides);

    public async ValueTask<bool> SetOverride(ClauseOverride exception)
    {
        List<ClauseOverride> next = [.. _overrides.Where(o => o.Clause != exception.Clause), exception];
        if (next.Count > PolicyOverrides.Max)
        {
            return false;
        }

        await OverrideAsync(next, exception, exception.IsWaived ? "waive" : "override");
        return true;
    }

    public async ValueTask<bool> EndOverride(string clause, string by, string reason)
    {
        if (_overrides.FirstOrDefault(o => o.Clause == clause) is not { } ended)
        {
            return false;
        }

        await OverrideAsync([.. _overrides.Where(o => o != ended)], ended with { At = Now, By = by, Reason = reason }, "end-override");
        return true;
    }

    private async ValueTask OverrideAsync(IReadOnlyList<ClauseOverride> next, ClauseOverride exception, string action)
    {
        await Services.Ledger.AppendAsync(DecisionDraft.Override(Subject, State, Policy, exception, action));
        await Services.Registry.PutAsync(Registered.Overrides, this.GetPrimaryKeyString(), next.ToArray());
        _overrides = next;
        await ExceptAsync(next);
    }

    protected override async ValueTask ConfigureAsync(CancellationToken cancellationToken)
    {
        _overrides = await Services.Registry.FindAsync<ClauseOverride[]>(Registered.Overrides, this.GetPrimaryKeyString(), cancellationToken) ?? [];
        await ExceptAsync(_overrides);
        _scopes = await Services.Registry.FindAsync<ScopeState[]>(Registered.Scopes, this.GetPrimaryKeyString(), cancellationToken) ?? [];
        _spec = await Services.Registry.FindAsync<TenantSpec>(Registered.Tenant, this.GetPrimaryKeyString(), cancellationToken);
        _held = await HoldingAsync(cancellationToken);
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
