using Grid.Contracts.Admission;
using Grid.Contracts.Counters;
using Grid.Contracts.Enforcement;
using Grid.Core.Counters;
using Grid.Core.Enforcement;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Enforcement;

/// <summary>A recipient domain: limits toward it, and what all accounts have. Suspended means paused: its mail waits. Refusals for reputation pause it where they meet most of the sending IPs that try.</summary>
[GrainType("domain")]
public sealed class RecipientDomainGrain([PersistentState("account", "grid")] IPersistentState<AccountState> saved, AccountServices services)
    : AccountGrain(SubjectKind.Domain, saved, services), IRecipientDomainGrain
{
    private DomainLimits _limits = new();
    private IpBook? _ips;

    protected override IReadOnlyList<IpSlot> Ips => Book.Slots;

    private IpBook Book => _ips ??= new(Saved.Ips);

    public override ValueTask<PermitGrant> Acquire(IPermitHolder holder, PermitKind kind, int wanted, int unused) => GrantAsync(holder, kind, wanted, unused, "", _limits);

    public ValueTask<DomainLimits> Limits() => new(_limits);

    public async ValueTask SetLimits(DomainLimits limits)
    {
        await Services.Registry.PutAsync(Registered.Domain, this.GetPrimaryKeyString(), limits);
        _limits = limits;
        Limit();
        await Permits.RevokeAsync(Subject, ended: false);
    }

    protected override ValueTask CountedAsync(CounterEntry entry)
    {
        foreach (var tally in entry.Ips ?? [])
        {
            Book.Add(entry.At, tally);
        }

        return ValueTask.CompletedTask;
    }

    protected override bool IsToBlame(EnforcementClause? clause) => clause?.Measure is not (ClauseMeasure.BlockRate or ClauseMeasure.BlockCount) || Book.IsOfMost(Now);

    protected override async ValueTask ConfigureAsync(CancellationToken cancellationToken)
    {
        _limits = await Services.Registry.FindAsync<DomainLimits>(Registered.Domain, this.GetPrimaryKeyString(), cancellationToken) ?? new();
        Limit();
    }

    private void Limit() => Permits.Limit(Rate.TryParse(_limits.MaxRate, out var rate, out _) ? rate : null, Saved.PermitsFrom);
}
