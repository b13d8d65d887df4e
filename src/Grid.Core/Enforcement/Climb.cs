using Grid.Core.Counters;
using Grid.Core.Vocabulary;

namespace Grid.Core.Enforcement;

/// <summary>Makes the change that a breached clause leads to, as the policy's ladder has it.</summary>
internal sealed class Climb(EnforcementPolicy policy, SubjectKind kind, StandingState state, RollingCounters counters, DateTimeOffset now)
{
    /// <summary>Nothing speaks against the subject: it has no period to see through, and no clause of the ladder is breached.</summary>
    public bool IsClean
    {
        get
        {
            var measuring = new Measuring(policy, state, counters, now);
            return state is { Standing: Standing.Active, CureDue: null }
                && !policy.Clauses(kind).Any(c => c.Action != ClauseAction.Record && !c.Measure.IsRemembered() && measuring.Read(c).IsBreached);
        }
    }

    /// <summary>A clause that only records did so within the stretch that it looks at.</summary>
    public static bool IsNoted(StandingState state, ClauseReading reading, DateTimeOffset now) =>
        state.Noted.Any(n => n.Id == reading.Clause.Id && now - n.At < reading.Span);

    /// <summary>What a clause leads to.</summary>
    /// <param name="cause">The report that was the occasion; null: a rate.</param>
    public Verdict To(ClauseReading reading, string? cause) => reading.Clause.Action switch
    {
        ClauseAction.Record => Record(reading),
        ClauseAction.Guide => Guide(reading),
        ClauseAction.Warn => IsGuidanceFirst ? Guide(reading) : Warn(reading),
        ClauseAction.Limit => Limit(reading, reading.Clause.Words),
        ClauseAction.Suspend => Suspend(reading, reading.Clause.Words, cause),
        ClauseAction.Terminate => Terminate(reading, cause),
        _ => throw new InvalidOperationException($"no action {reading.Clause.Action}"),
    };

    /// <summary>The next rung after a period in which nothing was cured.</summary>
    public Verdict Uncured(ClauseReading reading, ClauseAction rung) => rung switch
    {
        ClauseAction.Guide when policy.Ladder.Warned => Warn(reading),
        ClauseAction.Guide or ClauseAction.Warn when policy.Ladder.LimitedBeforeSuspended && kind == SubjectKind.Tenant =>
            Limit(reading, "the period ended and mail sent in it is above the limit"),
        _ => Suspend(reading, "the cure period ended and mail sent in it is above the limit", null),
    };

    /// <summary>The period or the rest is over.</summary>
    public Verdict Return(IReadOnlyList<Figure> figures, string reason)
    {
        var to = state.OperatorStanding is Standing.Warned ? Standing.Warned : Standing.Active;
        var action = state.Standing != Standing.Suspended ? "cure" : kind == SubjectKind.Tenant ? "reinstate" : "resume";
        var next = state with
        {
            Standing = to,
            Since = now,
            CureDue = null,
            WarnedClause = null,
            WindowsFrom = now,
            Conditions = state.Conditions & StandingConditions.Probation,
            Stage = SuspensionStage.None,
            Cause = null,
        };
        return new Verdict.Change(to, action, state.WarnedClause ?? "operator", figures, null, true, reason, next);
    }

    private bool IsGuidanceFirst =>
        policy.Ladder.Guided && kind == SubjectKind.Tenant && state.Standing == Standing.Active && !(state.GuidedAt is { } at && now - at <= policy.RepeatWindow);

    private Verdict.Change Record(ClauseReading reading)
    {
        var next = state with { Noted = [.. state.Noted.Where(n => n.Id != reading.Clause.Id).TakeLast(StandingState.MaxSuspensions - 1), new(reading.Clause.Id, now)] };
        return Made(state.Standing, "record", reading, reading.Clause.Words, next);
    }

    private Verdict.Change Guide(ClauseReading reading)
    {
        var next = state with
        {
            Conditions = state.Conditions | StandingConditions.Guided,
            GuidedAt = now,
            CureDue = now + Period(reading, ClauseAction.Guide, policy.Ladder.GuideFor),
            WarnedClause = reading.Clause.Id,
        };
        return Made(state.Standing, "guide", reading, reading.Clause.Words, next);
    }

    private Verdict Warn(ClauseReading reading)
    {
        var next = state with
        {
            Standing = Standing.Warned,
            Since = now,
            CureDue = now + Period(reading, ClauseAction.Warn, policy.Ladder.WarnFor),
            WarnedClause = reading.Clause.Id,
            Conditions = state.Conditions & ~StandingConditions.Guided,
            Warnings = [.. state.Warnings.TakeLast(StandingState.MaxSuspensions - 1), now],
        };
        return Repeated(next, ClauseAction.Warn) ?? Made(Standing.Warned, "warn", reading, reading.Clause.Words, next);
    }

    private Verdict.Change Limit(ClauseReading reading, string words)
    {
        var next = state with
        {
            Since = now,
            CureDue = now + Period(reading, ClauseAction.Limit, policy.Ladder.LimitFor),
            WarnedClause = reading.Clause.Id,
            Conditions = (state.Conditions & ~StandingConditions.Guided) | StandingConditions.Limited,
        };
        return Made(state.Standing, "limit", reading, words, next);
    }

    private Verdict Suspend(ClauseReading reading, string words, string? cause)
    {
        var clause = reading.Clause;
        DateTimeOffset[] suspensions = [.. state.Suspensions.Where(s => now - s <= Memory).TakeLast(StandingState.MaxSuspensions - 1), now];
        var recent = suspensions.Count(s => now - s <= policy.RepeatWindow);
        var next = Held(reading, cause) with { Suspensions = suspensions };
        if (kind == SubjectKind.Tenant && policy.SuspensionsToTerminate > 0 && recent >= policy.SuspensionsToTerminate)
        {
            var figures = reading.Figures().Concat([new("suspensions", recent), new("repeatWindow", (decimal)policy.RepeatWindow.TotalSeconds, "s")]);
            var reason = $"suspended {recent} times within {policy.RepeatWindow.TotalDays:0} days, now for {clause.Id}: {reading}";
            return new Verdict.Change(Standing.Terminated, "terminate", "repeat-suspension", [.. figures], null, false, reason, next with { Standing = Standing.Terminated })
            {
                Effects = clause.Effects,
            };
        }

        if (Repeated(next, ClauseAction.Suspend) is { } worse)
        {
            return worse;
        }

        var rest = clause.Action == ClauseAction.Suspend || kind != SubjectKind.Tenant ? Rest(clause, recent) : null;
        next = next with { CureDue = now + rest, Stage = kind == SubjectKind.Tenant && rest is null ? SuspensionStage.Investigating : SuspensionStage.None };
        return Made(Standing.Suspended, kind switch { SubjectKind.Tenant => "suspend", SubjectKind.Ip => "rest", _ => "pause" }, reading, words, next);
    }

    private Verdict.Change Terminate(ClauseReading reading, string? cause) =>
        Made(Standing.Terminated, "terminate", reading, reading.Clause.Words, Held(reading, cause) with { Standing = Standing.Terminated });

    private StandingState Held(ClauseReading reading, string? cause) => state with
    {
        Standing = Standing.Suspended,
        Since = now,
        CureDue = null,
        WarnedClause = reading.Clause.Id,
        Conditions = state.Conditions & StandingConditions.Probation,
        Cause = cause,
        Stage = SuspensionStage.None,
    };

    // Clauses about the subject's own warnings and suspensions: judged when one is added, and only to make it worse.
    private Verdict? Repeated(StandingState next, ClauseAction than)
    {
        var measuring = new Measuring(policy, next, counters, now);
        foreach (var clause in policy.Clauses(kind).Where(c => c.Action > than && c.Terms.Any(t => t.Measure is ClauseMeasure.WarningCount or ClauseMeasure.SuspensionCount)).OrderByDescending(c => c.Action))
        {
            var reading = measuring.Read(clause);
            if (reading.IsBreached)
            {
                return new Climb(policy, kind, next, counters, now).To(reading, next.Cause);
            }
        }

        return null;
    }

    // Suspensions are kept as long as some clause counts them.
    private TimeSpan Memory => policy.Clauses(kind).SelectMany(c => c.Terms).Where(t => t.Measure == ClauseMeasure.SuspensionCount).Select(t => t.Over).Append(policy.RepeatWindow).Max();

    // A clause's own period is for its own action: on another rung the ladder's holds.
    private TimeSpan Period(ClauseReading reading, ClauseAction rung, TimeSpan ladder) => reading.Clause.Action == rung ? reading.Clause.Cure ?? ladder : ladder;

    private static TimeSpan? Rest(EnforcementClause clause, int suspensions)
    {
        if (clause.Cure is not { } first || clause.CureMax is not { } longest)
        {
            return clause.Cure;
        }

        var doubled = first * Math.Pow(2, suspensions - 1);
        return doubled < longest ? doubled : longest;
    }

    private static Verdict.Change Made(Standing to, string action, ClauseReading reading, string words, StandingState next)
    {
        var cure = reading.Clause.CureText.Length > 0 ? $". To cure: {reading.Clause.CureText}" : "";
        return new(to, action, reading.Clause.Id, reading.Figures(), next.CureDue, false, $"{words}: {reading}{cure}", next)
        {
            Effects = reading.Clause.Effects,
        };
    }
}
