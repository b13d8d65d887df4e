using Grid.Contracts.Admission;
using Grid.Contracts.Enforcement;
using Grid.Core.Counters;
using Grid.Core.Enforcement;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Enforcement;

/// <content>How an account judges itself, and what follows.</content>
public abstract partial class AccountGrain
{
    public async ValueTask<StandingChange> SetStanding(Standing to, string reason)
    {
        var verdict = StandingMachine.Operator(Policy, kind, State, to, reason, Now);
        return await OperateAsync(verdict, "operator");
    }

    public ValueTask<StandingChange> SetStage(SuspensionStage stage, string reason, string by) => OperateAsync(StandingMachine.Stage(kind, State, stage, reason), by);

    public ValueTask<IReadOnlyList<ClauseStanding>> Readings() => new([.. StandingMachine.Read(Policy, kind, _counters, Now, State).Select(Show)]);

    public async ValueTask<StandingChange> Report(FindingReport report)
    {
        var reported = new StandingEvent(report.Id, report.Signal, report.At);
        await Services.Ledger.AppendAsync(DecisionDraft.Finding(Subject, State, _seat.Running, report));
        if (report.Scope is not null)
        {
            await ScopedAsync(report);
        }

        var next = StandingMachine.Remember(State, reported);
        if (next != State)
        {
            var cause = State.Cause;
            State = next;
            if (State.Cause != cause)
            {
                await Permits.RevokeAsync(Subject, ended: false);
            }

            await JudgeAsync(reported, report.Evidence, report.Scope);
            await Save();
        }

        return new(State.Standing, null);
    }

    /// <summary>Takes what was reported about a part of the subject.</summary>
    protected virtual ValueTask ScopedAsync(FindingReport report) => ValueTask.CompletedTask;

    private protected async ValueTask<StandingChange> OperateAsync(Verdict verdict, string by)
    {
        if (verdict is Verdict.Refused refused)
        {
            return new(State.Standing, refused.Words);
        }

        await EnactAsync(verdict, by);
        return new(State.Standing, null);
    }

    private ClauseStanding Show(ClauseReading reading)
    {
        var clause = reading.Clause;
        var from = clause.Measure.IsRemembered() ? Now - clause.Over : _counters.Bounds(clause.Window, Now).From;
        return new(clause.Id, clause.Action, clause.Window, from, reading.Events, reading.Volume, reading.Rate, clause.Threshold.Fraction, clause.Measure.IsCount(),
            reading.IsCollecting, reading.IsBreached, clause.Words, clause.CureText)
        {
            IsOverridden = _seat.IsExcepted(clause.Id),
            VolumeName = clause.Measure.Names().Volume,
        };
    }

    /// <summary>Whether the standing allows permits of a kind.</summary>
    protected virtual bool MayUse(PermitKind kind) => State.Standing is Standing.Active or Standing.Warned;

    /// <summary>Why the standing forbids what was asked for.</summary>
    protected PermitRefusal Refused() => new(State.Standing.ToString().ToLowerInvariant(), _lastDecision?.Policy ?? Policy.Name, _lastDecision?.PolicyVersion ?? Policy.Version, _lastDecision?.Clause ?? "vetting",
            _lastDecision?.Reason is { Length: > 0 } words ? words : $"{Subject} is {State.Standing.ToString().ToLowerInvariant()}", _lastDecision?.Figures ?? []);

    private void Refresh()
    {
        if (_seat.Refresh())
        {
            Recount();
        }
    }

    private void Recount() => _counters = RollingCounters.Restore(_seat.Windows, _counters.Snapshot());

    private async ValueTask RejudgeAsync()
    {
        Recount();
        Allow(Allowance.Of(Policy, State));
        _dirty = true;
        if (State.Standing == Standing.Suspended)
        {
            // What may go meanwhile is the policy's to say.
            await Permits.RevokeAsync(Subject, ended: false);
        }

        await JudgeAsync();
    }

    /// <summary>Whether what the counters say against a clause is the subject's doing.</summary>
    protected virtual bool IsToBlame(EnforcementClause? clause) => true;

    private async ValueTask JudgeAsync(StandingEvent? trigger = null, string? evidence = null, string? scope = null)
    {
        var verdict = StandingMachine.Judge(scope is null ? Policy : ScopeRules.Without(Policy, scope), kind, State, _counters, Now, trigger);
        await EnactAsync(verdict is Verdict.Change { Clause: var id } && !IsToBlame(Policy.Clauses(kind).FirstOrDefault(c => c.Id == id)) ? Verdict.Stay.Same : verdict, "grid", evidence);
        if (_shadow.Judge(_seat.Shadow, kind, State, _counters, Now, trigger) is var (before, change))
        {
            _dirty = true;
            await Services.Ledger.AppendAsync(DecisionDraft.Shadow(Subject, before, _seat.Shadow!, change, _counters, NextInstant()));
        }
    }

    private async ValueTask DueAsync()
    {
        await EnactAsync(StandingMachine.CureEnded(Policy, kind, State, _counters, Now), "grid");
        if (State.NextDue is null && await this.GetReminder(DueReminder) is { } done)
        {
            await this.UnregisterReminder(done);
        }
    }

    private async ValueTask EnactAsync(Verdict verdict, string by, string? evidence = null)
    {
        if (verdict is not Verdict.Change change)
        {
            return;
        }

        var now = NextInstant();
        var decision = DecisionDraft.Transition(Subject, State, _seat.Running, change, _counters, now) with { By = by, Evidence = evidence };
        decision = decision with { Figures = [.. decision.Figures, .. Causes(decision)] };
        await Services.Ledger.AppendAsync(decision);
        var due = State.NextDue;
        (_lastDecision, State) = (decision, change.Next);
        if (change.RestartWindows)
        {
            _counters.Restart(now);
        }

        Allow(Allowance.Of(Policy, State));
        await Permits.RevokeAsync(Subject, State.Standing == Standing.Terminated);
        try
        {
            _following = true;
            await FollowAsync(decision);
            _following = false;
            await Save();
            if (State.NextDue is { } next && next != due)
            {
                await RemindAsync(next);
            }
        }
        catch
        {
            // The ledger has it: the next activation takes it from there and sets the reminder.
            this.DeactivateOnIdle();
            throw;
        }
    }

    /// <summary>Further figures of a decision: what follows from it in other grains is read from the ledger, whatever dies meanwhile.</summary>
    protected virtual IEnumerable<Figure> Causes(Decision decision) => [];

    /// <summary>What a decision brings with it in other grains; asked for again at the next activation, so nothing of it may be done twice.</summary>
    protected virtual async ValueTask FollowAsync(Decision decision)
    {
        if (decision.Case is { } id)
        {
            await GrainFactory.GetGrain<ICaseGrain>(id).Open(new(decision.Subject, CaseKind.Standing, $"{decision.Action}: {decision.Reason}", decision.Id, decision.At));
        }
    }

    /// <summary>A millisecond late, as reminders are stored to the millisecond, and one that comes early changes nothing.</summary>
    private Task RemindAsync(DateTimeOffset due) =>
        this.RegisterOrUpdateReminder(DueReminder, (due > Now ? due - Now : TimeSpan.Zero) + TimeSpan.FromMilliseconds(1), ReminderPeriod);

    /// <summary>A subject's decisions differ in time, whatever the clock's grain: their ids and the recovery of its standing rest on that.</summary>
    private DateTimeOffset NextInstant() => _lastDecision is { At: var last } && last >= Now ? last.AddTicks(1) : Now;
}
