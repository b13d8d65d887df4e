using Grid.Contracts.Admission;
using Grid.Contracts.Counters;
using Grid.Contracts.Enforcement;
using Grid.Core.Counters;
using Grid.Core.Enforcement;
using Grid.Core.Vocabulary;
using Grid.Grains.Admission;

namespace Grid.Grains.Enforcement;

/// <summary>
/// What tenants, sending IPs and recipient domains have in common: counters projected from the outcome log, a standing that they judge
/// themselves, permits that they alone give. In: counter batches, requests for permits, operators' acts. Out: permits, decisions on the
/// ledger. Guarantees that each log position counts once; that a decision is on the ledger before it acts, and once, also over a kill
/// (its id comes from its cause); that permits given before a suspension are void when the suspension stands. A failed write fails the
/// call and drops the activation: the next one starts from what is durable.
/// </summary>
public abstract partial class AccountGrain(SubjectKind kind, IPersistentState<AccountState> saved, AccountServices services) : Grain, IRemindable
{
    private const string DueReminder = "cure";
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(10);

    private readonly PolicySeat _seat = new(services.Policies);
    private RollingCounters _counters = null!;
    private ShadowStanding _shadow = null!;
    private Decision? _lastDecision;
    private bool _dirty;
    private bool _following; // what the last decision brings with it is not done yet

    protected Subject Subject => new(kind, this.GetPrimaryKeyString());

    protected AccountServices Services { get; } = services;

    protected AccountState Saved => saved.State;

    protected StandingState State { get; private set; } = null!;

    /// <summary>What it is judged by.</summary>
    protected EnforcementPolicy Policy => _seat.Running.Policy;

    /// <summary>Name of the policy that it is under.</summary>
    protected virtual string PolicyName => PolicyBook.Default;

    /// <summary>A new one waits for an operator, whatever its policy.</summary>
    protected virtual bool StartsPending => false;

    private protected PermitDesk Permits { get; } = new(services.Clock);

    protected DateTimeOffset Now => Services.Clock.GetUtcNow();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await ConfigureAsync(cancellationToken);
        await _seat.TakeAsync(PolicyName, Subject);
        _counters = Saved.Counters is { } counters ? RollingCounters.Restore(_seat.Windows, counters) : new(_seat.Windows);
        _shadow = new(Saved.Shadow, Saved.ShadowOf);
        State = Saved.Standing ?? StandingState.Initial(Policy, kind, Now, StartsPending);
        if (await Services.Ledger.StandingAsync(Subject, cancellationToken) is { } ledger)
        {
            _lastDecision = ledger.LastDecision;
            State = StandingRecovery.Newer(State, Saved.Standing is not null, Saved.Decided, ledger, _counters);
        }

        Allow(Allowance.Of(Policy, State));
        if (State.NextDue is { } due && due <= Now)
        {
            await DueAsync();
        }
        else if (State.NextDue is { } later && await this.GetReminder(DueReminder) is null)
        {
            await RemindAsync(later);
        }

        if (_lastDecision is { } last && last.Id != Saved.Decided)
        {
            _following = true;
            await FollowAsync(last);
            _following = false;
            _dirty = true;
        }

        if (Saved.JudgedBy is { } judgedBy && judgedBy != _seat.Id)
        {
            await JudgeAsync();
        }
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _seat.Leave();
        return _dirty ? Save().AsTask() : Task.CompletedTask;
    }

    public async ValueTask Reconsider()
    {
        if (_seat.Refresh())
        {
            await RejudgeAsync();
        }
    }

    /// <summary>The subject may be under another policy than before. A new one begins where its policy says.</summary>
    protected async ValueTask MoveAsync(bool isNew)
    {
        var moved = await _seat.TakeAsync(PolicyName, Subject);
        if (isNew && _lastDecision is null)
        {
            State = StandingState.Initial(Policy, kind, Now, StartsPending);
            Allow(Allowance.Of(Policy, State));
        }

        if (moved)
        {
            await RejudgeAsync();
        }

        await Save();
        if (State.NextDue is { } due && await this.GetReminder(DueReminder) is null)
        {
            await RemindAsync(due);
        }
    }

    /// <summary>The subject's exceptions from its policy, to be judged by from now on.</summary>
    protected async ValueTask ExceptAsync(IReadOnlyList<ClauseOverride> overrides)
    {
        _seat.Except(overrides);
        if (State is not null)
        {
            await RejudgeAsync();
        }
    }

    /// <summary>Sets what the subject's conditions leave it beside its own limits.</summary>
    protected virtual void Allow(Allowance allowance)
    {
    }

    /// <summary>Reads the subject's own configuration and sets its limits.</summary>
    protected abstract ValueTask ConfigureAsync(CancellationToken cancellationToken);

    public abstract ValueTask<PermitGrant> Acquire(IPermitHolder holder, PermitKind kind, int wanted, int unused);

    public async ValueTask<long> Apply(CounterBatch batch)
    {
        Refresh();
        var applied = Saved.Applied.GetValueOrDefault(batch.Owner);
        if (applied < batch.Previous)
        {
            return applied;
        }

        foreach (var entry in batch.Entries)
        {
            if (entry.Position > applied)
            {
                _counters.Add(entry.At, entry.Totals, Now);
                Saved.Applied[batch.Owner] = entry.Position;
                _dirty = true;
                await CountedAsync(entry);
                if (entry.Totals.Complaints > 0)
                {
                    await JudgeAsync();
                }
            }
        }

        await JudgeAsync();
        return Math.Max(applied, Saved.Applied.GetValueOrDefault(batch.Owner));
    }

    /// <summary>Whose mail did it how much harm, to be saved.</summary>
    protected virtual IReadOnlyList<HarmSlot> Harm => [];

    /// <summary>How each sending IP fared, to be saved.</summary>
    protected virtual IReadOnlyList<IpSlot> Ips => [];

    /// <summary>Something that happened to it was counted.</summary>
    protected virtual ValueTask CountedAsync(CounterEntry entry) => ValueTask.CompletedTask;

    public async ValueTask Save()
    {
        saved.State = Saved with { Counters = _counters.Snapshot(), Standing = State, Quotas = Permits.Snapshots(), PermitsFrom = Permits.PermitsFrom, Shadow = _shadow.State, ShadowOf = _shadow.Of, JudgedBy = _seat.Id, Decided = _following ? Saved.Decided : _lastDecision?.Id, Harm = Harm, Ips = Ips };
        await saved.WriteStateAsync();
        _dirty = false;
    }

    public ValueTask<CounterSnapshot> Counted() => new(_counters.Snapshot());

    public virtual ValueTask<AccountView> View()
    {
        var policy = Policy;
        var cure = State.CureDue is null ? null : policy.Clauses(kind).FirstOrDefault(c => c.Id == State.WarnedClause)?.CureText;
        return new(new AccountView(Subject, State.Standing, State.Since, policy.Name, policy.Version, policy.MainWindow,
            _counters.Bounds(policy.MainWindow, Now).From, _counters.Totals(policy.MainWindow, Now), State.CureDue, cure, _lastDecision)
        {
            ComplaintsJudgedOf = policy.ComplaintsJudgedOf(kind),
        });
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => DueAsync().AsTask();

    /// <summary>Gives permits if the standing allows any; a grant at a slow rate or within a quota is saved before it is used.</summary>
    protected async ValueTask<PermitGrant> GrantAsync(IPermitHolder holder, PermitKind kind, int wanted, int unused, string pool, DomainLimits? limits = null)
    {
        if (!MayUse(kind))
        {
            return Permits.Refuse(holder, Refused(), pool);
        }

        var grant = Permits.Grant(holder, kind, wanted, unused, pool, limits?.MaxConnections ?? 0, limits?.MaxMessagesPerConnection ?? 0);
        if (grant.Count > 0 && Permits.MustSave(kind))
        {
            await Save();
        }

        return grant;
    }
}
