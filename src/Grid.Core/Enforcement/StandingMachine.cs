using Grid.Core.Counters;
using Grid.Core.Vocabulary;

namespace Grid.Core.Enforcement;

/// <summary>
/// What: the state machine of standings. In: a policy, a subject's state and counters, now. Out: a <see cref="Verdict"/>.
/// Guarantees: a pure function; the same input gives the same verdict. Rates are judged in whole numbers, strictly above, at or over
/// the floors. The grid only worsens a standing, or ends what it imposed itself when the cure period or rest is over; a tenant's
/// suspension is ended by operators only; terminated is final. A suspended subject isn't judged further.
/// Fails: what an operator may not do is <see cref="Verdict.Refused"/> with the reason; a clause that names no window is an exception.
/// </summary>
public static class StandingMachine
{
    /// <summary>Judges after events: the first breached clause that suspends, else the first that warns.</summary>
    public static Verdict Judge(EnforcementPolicy policy, SubjectKind kind, StandingState state, RollingCounters counters, DateTimeOffset now)
    {
        if (state.Standing is not (Standing.Active or Standing.Warned))
        {
            return Verdict.Stay.Same;
        }

        ClauseReading? warning = null;
        foreach (var clause in policy.Clauses(kind))
        {
            if (clause.Action == ClauseAction.Warn && (warning is not null || state is { Standing: Standing.Warned, CureDue: not null }))
            {
                continue;
            }

            var reading = Measure(clause, policy, counters, now);
            if (!reading.IsBreached)
            {
                continue;
            }

            if (clause.Action == ClauseAction.Suspend)
            {
                return Suspend(policy, kind, state, reading, clause.Words, now);
            }

            warning = reading;
        }

        return warning is { } breached ? Warn(state, breached, now) : Verdict.Stay.Same;
    }

    /// <summary>
    /// To be asked when <see cref="StandingState.CureDue"/> has come. A warning ends in active where what happened since the warning
    /// breaches no clause, and else in a suspension; a rest ends in active. The windows begin anew.
    /// </summary>
    public static Verdict CureEnded(EnforcementPolicy policy, SubjectKind kind, StandingState state, RollingCounters counters, DateTimeOffset now)
    {
        if (state.CureDue is not { } due || now < due || state.Standing is not (Standing.Warned or Standing.Suspended))
        {
            return Verdict.Stay.Same;
        }

        if (state.Standing == Standing.Suspended)
        {
            return Return(kind, state, [], kind == SubjectKind.Domain || kind == SubjectKind.Site ? "the pause is over" : "the rest is over", now);
        }

        var since = counters.TotalsSince(state.Since, now);
        var readings = policy.Clauses(kind).OrderByDescending(c => c.Action).Select(AfterWarning).ToList();
        var breached = readings.Find(r => r.IsBreached);
        if (breached.Clause is not null)
        {
            return Suspend(policy, kind, state, breached, "the cure period ended and mail sent in it is above the limit", now);
        }

        var cured = readings.Find(r => r.Clause.Id == state.WarnedClause);
        return Return(kind, state, cured.Clause is null ? [] : cured.Figures(), "cured: mail sent since the warning is below the limits", now);

        // A window shorter than the cure period lies wholly after the warning and is judged as it is.
        ClauseReading AfterWarning(EnforcementClause clause)
        {
            var reading = Measure(clause, policy, counters, now);
            return reading.Span < now - state.Since ? reading : new(clause, since, now - state.Since);
        }
    }

    /// <summary>An operator's transition. It needs a reason of at most 1,000 characters.</summary>
    public static Verdict Operator(EnforcementPolicy policy, SubjectKind kind, StandingState state, Standing to, string reason, DateTimeOffset now) =>
        OperatorRules.Forbids(kind, state, to, reason) is { } refused ? refused
        : OperatorRules.IsSo(state, to) ? Verdict.Stay.Same
        : OperatorRules.Apply(kind, state, to, reason, now);

    /// <summary>Every clause for a kind of subject held against its counters now, for showing how far each is.</summary>
    public static IReadOnlyList<ClauseReading> Read(EnforcementPolicy policy, SubjectKind kind, RollingCounters counters, DateTimeOffset now) =>
        [.. policy.Clauses(kind).Select(c => Measure(c, policy, counters, now))];

    private static ClauseReading Measure(EnforcementClause clause, EnforcementPolicy policy, RollingCounters counters, DateTimeOffset now)
    {
        foreach (var window in policy.Windows)
        {
            if (window.Name == clause.Window)
            {
                return new(clause, counters.Totals(window.Name, now), window.Length);
            }
        }

        throw new ArgumentException($"clause {clause.Id} of policy {policy.Name} names window \"{clause.Window}\", which the policy doesn't have", nameof(clause));
    }

    private static Verdict.Change Warn(StandingState state, ClauseReading reading, DateTimeOffset now)
    {
        var due = now + (reading.Clause.Cure ?? TimeSpan.Zero);
        var next = state with { Standing = Standing.Warned, Since = now, CureDue = due, WarnedClause = reading.Clause.Id };
        return new(Standing.Warned, "warn", reading.Clause.Id, reading.Figures(), due, false, $"{reading.Clause.Words}: {reading}. To cure: {reading.Clause.CureText}", next);
    }

    private static Verdict.Change Suspend(EnforcementPolicy policy, SubjectKind kind, StandingState state, ClauseReading reading, string words, DateTimeOffset now)
    {
        var clause = reading.Clause;
        DateTimeOffset[] suspensions = [.. state.Suspensions.Where(s => now - s <= policy.RepeatWindow).TakeLast(StandingState.MaxSuspensions - 1), now];
        var next = state with { Standing = Standing.Suspended, Since = now, CureDue = null, WarnedClause = clause.Id, Suspensions = suspensions };
        if (kind == SubjectKind.Tenant && policy.SuspensionsToTerminate > 0 && suspensions.Length >= policy.SuspensionsToTerminate)
        {
            var figures = reading.Figures().Concat([new("suspensions", suspensions.Length), new("repeatWindow", (decimal)policy.RepeatWindow.TotalSeconds, "s")]);
            return new(Standing.Terminated, "terminate", "repeat-suspension", [.. figures], null, false,
                $"suspended {suspensions.Length} times within {policy.RepeatWindow.TotalDays:0} days, now for {clause.Id}: {reading}", next with { Standing = Standing.Terminated });
        }

        var rest = clause.Action == ClauseAction.Suspend || kind != SubjectKind.Tenant ? Rest(clause, suspensions.Length) : null;
        next = next with { CureDue = now + rest };
        var action = kind switch { SubjectKind.Tenant => "suspend", SubjectKind.Ip => "rest", _ => "pause" };
        return new(Standing.Suspended, action, clause.Id, reading.Figures(), next.CureDue, false, $"{words}: {reading}. To cure: {clause.CureText}", next);
    }

    private static Verdict.Change Return(SubjectKind kind, StandingState state, IReadOnlyList<Figure> figures, string reason, DateTimeOffset now)
    {
        var to = state.OperatorStanding is Standing.Warned ? Standing.Warned : Standing.Active;
        var action = state.Standing == Standing.Warned ? "cure" : kind == SubjectKind.Tenant ? "reinstate" : "resume";
        var next = state with { Standing = to, Since = now, CureDue = null, WarnedClause = null, WindowsFrom = now };
        return new(to, action, state.WarnedClause ?? "operator", figures, null, true, reason, next);
    }

    private static TimeSpan? Rest(EnforcementClause clause, int suspensions)
    {
        if (clause.Cure is not { } first || clause.CureMax is not { } longest)
        {
            return clause.Cure;
        }

        var doubled = first * Math.Pow(2, suspensions - 1);
        return doubled < longest ? doubled : longest;
    }
}
