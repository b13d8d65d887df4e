using Grid.Contracts.Admission;
using Grid.Core.Counters;
using Grid.Core.Enforcement;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Enforcement;

/// <content>How an account judges itself, and what follows.</content>
public abstract partial class AccountGrain
{
    private PermitRefusal? Refusal => State.Standing is Standing.Active or Standing.Warned
        ? null
        : new(State.Standing.ToString().ToLowerInvariant(), Policy.Name, Policy.Version, _lastDecision?.Clause ?? "vetting",
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
        _dirty = true;
        await JudgeAsync();
    }

    private async ValueTask JudgeAsync()
    {
        await EnactAsync(StandingMachine.Judge(Policy, kind, State, _counters, Now), "grid");
        if (_shadow.Judge(_seat.Shadow, kind, State, _counters, Now) is var (from, change))
        {
            _dirty = true;
            await Services.Ledger.AppendAsync(DecisionDraft.Shadow(Subject, from, _seat.Shadow!, change, _counters, NextInstant()));
        }
    }

    private async ValueTask CureEndedAsync()
    {
        await EnactAsync(StandingMachine.CureEnded(Policy, kind, State, _counters, Now), "grid");
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

        var now = NextInstant();
        var decision = DecisionDraft.Transition(Subject, State, _seat.Running, change, _counters, by, now);
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

    /// <summary>A subject's decisions differ in time, whatever the clock's grain: their ids and the recovery of its standing rest on that.</summary>
    private DateTimeOffset NextInstant() => _lastDecision is { At: var last } && last >= Now ? last.AddTicks(1) : Now;
}
