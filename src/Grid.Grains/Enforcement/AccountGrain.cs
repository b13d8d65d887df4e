using System.Globalization;
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
public abstract class AccountGrain(SubjectKind kind, IPersistentState<AccountState> saved, AccountServices services) : Grain, IRemindable
{
    private const string CureReminder = "cure";
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(10);

    private RollingCounters _counters = new(services.Policy.Windows);
    private Decision? _lastDecision;
    private bool _dirty;

    protected Subject Subject => new(kind, this.GetPrimaryKeyString());

    protected AccountServices Services { get; } = services;

    protected AccountState Saved => saved.State;

    protected StandingState State { get; private set; } = null!;

    private protected PermitDesk Permits { get; } = new(services.Clock);

    protected DateTimeOffset Now => Services.Clock.GetUtcNow();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (Saved.Counters is { } counters)
        {
            _counters = RollingCounters.Restore(Services.Policy.Windows, counters);
        }

        State = Saved.Standing ?? StandingState.Initial(Services.Policy, kind, Now);
        if (await Services.Ledger.StandingAsync(Subject, cancellationToken) is { } ledger)
        {
            _lastDecision = ledger.LastDecision;
            State = StandingRecovery.Newer(State, Saved.Standing is not null, ledger, _counters);
        }

        await ConfigureAsync(cancellationToken);
        if (State.CureDue is { } due && due <= Now)
        {
            await CureEndedAsync();
        }
        else if (State.CureDue is { } later && await this.GetReminder(CureReminder) is null)
        {
            await RemindAsync(later);
        }
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _dirty ? Save().AsTask() : Task.CompletedTask;

    /// <summary>Reads the subject's own configuration and sets its limits.</summary>
    protected abstract ValueTask ConfigureAsync(CancellationToken cancellationToken);

    public abstract ValueTask<PermitGrant> Acquire(IPermitHolder holder, PermitKind kind, int wanted, int unused);

    public async ValueTask<long> Apply(CounterBatch batch)
    {
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
                if (entry.Totals.Complaints > 0)
                {
                    await JudgeAsync();
                }
            }
        }

        await JudgeAsync();
        return Math.Max(applied, Saved.Applied.GetValueOrDefault(batch.Owner));
    }

    public async ValueTask Save()
    {
        saved.State = Saved with { Counters = _counters.Snapshot(), Standing = State, Quotas = Permits.Snapshots(), PermitsFrom = Permits.PermitsFrom };
        await saved.WriteStateAsync();
        _dirty = false;
    }

    public ValueTask<CounterSnapshot> Counted() => new(_counters.Snapshot());

    public ValueTask<AccountView> View()
    {
        var policy = Services.Policy;
        var cure = State.CureDue is null ? null : policy.Clauses(kind).FirstOrDefault(c => c.Id == State.WarnedClause)?.CureText;
        return new(new AccountView(Subject, State.Standing, State.Since, policy.Name, policy.Version, policy.MainWindow,
            _counters.Bounds(policy.MainWindow, Now).From, _counters.Totals(policy.MainWindow, Now), State.CureDue, cure, _lastDecision));
    }

    public async ValueTask<StandingChange> SetStanding(Standing to, string reason)
    {
        var verdict = StandingMachine.Operator(Services.Policy, kind, State, to, reason, Now);
        if (verdict is Verdict.Refused refused)
        {
            return new(State.Standing, refused.Words);
        }

        await EnactAsync(verdict, "operator");
        return new(State.Standing, null);
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => CureEndedAsync().AsTask();

    /// <summary>Gives permits if the standing allows any; a grant at a slow rate or within a quota is saved before it is used.</summary>
    protected async ValueTask<PermitGrant> GrantAsync(IPermitHolder holder, PermitKind kind, int wanted, int unused, string pool, DomainLimits? limits = null)
    {
        if (Refusal is { } refusal)
        {
            return Permits.Refuse(holder, refusal, pool);
        }

        var grant = Permits.Grant(holder, kind, wanted, unused, pool, limits?.MaxConnections ?? 0, limits?.MaxMessagesPerConnection ?? 0);
        if (grant.Count > 0 && Permits.MustSave(kind))
        {
            await Save();
        }

        return grant;
    }

    private PermitRefusal? Refusal => State.Standing is Standing.Active or Standing.Warned
        ? null
        : new(State.Standing.ToString().ToLowerInvariant(), Services.Policy.Name, Services.Policy.Version, _lastDecision?.Clause ?? "vetting",
            _lastDecision?.Reason is { Length: > 0 } words ? words : $"{Subject} is {State.Standing.ToString().ToLowerInvariant()}", _lastDecision?.Figures ?? []);

    private ValueTask JudgeAsync() => EnactAsync(StandingMachine.Judge(Services.Policy, kind, State, _counters, Now), "grid");

    private async ValueTask CureEndedAsync()
    {
        await EnactAsync(StandingMachine.CureEnded(Services.Policy, kind, State, _counters, Now), "grid");
        if (State.CureDue is null && await this.GetReminder(CureReminder) is { } done)
        {
            await this.UnregisterReminder(done);
        }
    }

    private async ValueTask EnactAsync(Verdict verdict, string by)
    {
        if (verdict is not Verdict.Change change)
        {
            return;
        }

        // A subject's decisions differ in time, whatever the clock's grain: their ids and the recovery of its standing rest on that.
        var now = _lastDecision is { At: var last } && last >= Now ? last.AddTicks(1) : Now;
        var decision = new Decision
        {
            Id = DecisionId(now),
            At = now,
            Subject = Subject,
            From = State.Standing,
            To = change.To,
            Action = change.Action,
            Policy = Services.Policy.Name,
            PolicyVersion = Services.Policy.Version,
            Clause = change.Clause,
            Figures = change.Figures,
            By = by,
            Reason = change.Reason,
            CureDue = change.CureDue,
        };
        await Services.Ledger.AppendAsync(decision);
        (_lastDecision, State) = (decision, change.Next);
        if (change.RestartWindows)
        {
            _counters.Restart(now);
        }

        await Permits.RevokeAsync(Subject, State.Standing == Standing.Terminated);
        try
        {
            await Save();
            if (change.CureDue is { } due)
            {
                await RemindAsync(due);
            }
        }
        catch
        {
            // The ledger has it: the next activation takes it from there and sets the reminder.
            this.DeactivateOnIdle();
            throw;
        }
    }

    /// <summary>A millisecond late, as reminders are stored to the millisecond, and one that comes early changes nothing.</summary>
    private Task RemindAsync(DateTimeOffset due) =>
        this.RegisterOrUpdateReminder(CureReminder, (due > Now ? due - Now : TimeSpan.Zero) + TimeSpan.FromMilliseconds(1), ReminderPeriod);

    /// <summary>Sorts by time, and is the same again for the same subject and instant only.</summary>
    private string DecisionId(DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{now.UtcTicks:x16}-{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Subject.ToString())).AsSpan(0, 6))}");
}
