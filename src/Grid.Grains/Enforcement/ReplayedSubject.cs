using Grid.Core.Counters;
using Grid.Core.Enforcement;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Enforcement;

/// <summary>One subject as it goes through the past under a draft: its counters and its standing, changed as its grain would have changed them.</summary>
internal sealed class ReplayedSubject(Subject subject, EnforcementPolicy policy, ClauseSieve sieve, StandingState state, Action<ReplayedChange> changed)
{
    /// <summary>Reminders come this late, as they are stored to the millisecond.</summary>
    private static readonly TimeSpan ReminderLateness = TimeSpan.FromMilliseconds(1);

    private readonly RollingCounters _counters = new(policy.Windows);
    private DateTimeOffset _lastAt;

    public StandingState State { get; private set; } = state;

    public void Count(DateTimeOffset at, in CounterTotals totals, DateTimeOffset now) => _counters.Add(at, totals, now);

    /// <summary>Judges as after an event.</summary>
    public void Judge(DateTimeOffset now, StandingEvent? trigger = null)
    {
        if (trigger is not null)
        {
            State = StandingMachine.Remember(State, trigger);
        }

        if (trigger is not null || (State.Standing is Standing.Active or Standing.Warned && sieve.MayBreach(_counters, State.CureDue is not null, now)))
        {
            Enact(StandingMachine.Judge(policy, subject.Kind, State, _counters, now, trigger), now);
        }
    }

    /// <summary>Sees through every period that ends until now.</summary>
    public void Pass(DateTimeOffset now)
    {
        while (State.NextDue is { } due && due + ReminderLateness <= now)
        {
            var before = State;
            Enact(StandingMachine.CureEnded(policy, subject.Kind, State, _counters, due + ReminderLateness), due + ReminderLateness);
            if (ReferenceEquals(before, State))
            {
                return;
            }
        }
    }

    /// <summary>An operator did this then.</summary>
    public void Operate(Standing to, string reason, DateTimeOffset at)
    {
        if (StandingMachine.Operator(policy, subject.Kind, State, to, reason, at) is Verdict.Change change)
        {
            Apply(change, at);
        }
    }

    private void Enact(Verdict verdict, DateTimeOffset now)
    {
        if (verdict is Verdict.Change change)
        {
            var from = State.Standing;
            var at = Apply(change, now);
            changed(new(subject, at, from, change.To, change.Action, change.Clause, change.Figures, change.Reason));
        }
    }

    private DateTimeOffset Apply(Verdict.Change change, DateTimeOffset now)
    {
        var at = now <= _lastAt ? _lastAt.AddTicks(1) : now;
        (_lastAt, State) = (at, change.Next);
        if (change.RestartWindows)
        {
            _counters.Restart(at);
        }

        return at;
    }
}
