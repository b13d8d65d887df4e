using Grid.Core.Counters;
using Grid.Core.Vocabulary;

namespace Grid.Core.Enforcement;

/// <summary>
/// What: the state machine of standings. In: a policy, a subject's state and counters, what was reported, now. Out: a <see cref="Verdict"/>.
/// Guarantees: a pure function; the same input gives the same verdict. Rates are judged in whole numbers, strictly above, at or over
/// the floors. The grid only worsens a standing, or ends what it imposed itself when the cure period or rest is over; a tenant's
/// suspension is ended by operators only; terminated is final. Of a suspended subject only reports are judged, and only to end it.
/// Fails: what an operator may not do is <see cref="Verdict.Refused"/> with the reason; a clause that names no window is an exception.
/// </summary>
public static class StandingMachine
{
    /// <summary>The state with a report in its memory; the same state where it has the report already.</summary>
    public static StandingState Remember(StandingState state, StandingEvent reported) =>
        state.Events.Any(e => e.Id == reported.Id) ? state : state with
        {
            Events = [.. state.Events.TakeLast(StandingState.MaxEvents - 1), reported],
            Cause = state.Standing == Standing.Suspended && PermittedVerbs.IsSerious(reported.Signal) ? reported.Signal : state.Cause,
        };

    /// <summary>Judges after events: of the breached clauses the most severe, the first of them in order.</summary>
    /// <param name="trigger">The report that is the occasion, which <paramref name="state"/> is to remember; null: counters changed.</param>
    public static Verdict Judge(EnforcementPolicy policy, SubjectKind kind, StandingState state, RollingCounters counters, DateTimeOffset now, StandingEvent? trigger = null)
    {
        if (state.Standing == Standing.Terminated || (trigger is null && state.Standing is not (Standing.Active or Standing.Warned)))
        {
            return Verdict.Stay.Same;
        }

        var measuring = new Measuring(policy, state, counters, now);
        ClauseReading? worst = null;
        foreach (var clause in policy.Clauses(kind))
        {
            if ((worst is { } found && clause.Action <= found.Clause.Action) || !Rung.CanAct(clause, state, trigger))
            {
                continue;
            }

            var reading = measuring.Read(clause);
            if (reading.IsBreached && !(clause.Action == ClauseAction.Record && trigger is null && Climb.IsNoted(state, reading, now)))
            {
                worst = reading;
            }
        }

        return worst is { } breached ? new Climb(policy, kind, state, counters, now).To(breached, trigger?.Signal) : Verdict.Stay.Same;
    }

    /// <summary>
    /// To be asked when <see cref="StandingState.NextDue"/> has come. Guidance, a warning and a limit end in active where what happened since
    /// breaches no clause, and else lead to the next rung; a rest ends in active; the windows begin anew. Probation goes on by a step.
    /// </summary>
    public static Verdict CureEnded(EnforcementPolicy policy, SubjectKind kind, StandingState state, RollingCounters counters, DateTimeOffset now)
    {
        if (state.Standing is not (Standing.Active or Standing.Warned or Standing.Suspended))
        {
            return Verdict.Stay.Same;
        }

        var climb = new Climb(policy, kind, state, counters, now);
        if (state.CureDue is not { } due || now < due)
        {
            return Probation.Step(policy, state, climb.IsClean, now);
        }

        if (state.Standing == Standing.Suspended)
        {
            return climb.Return([], kind is SubjectKind.Domain or SubjectKind.Site ? "the pause is over" : "the rest is over");
        }

        var measuring = new Measuring(policy, state, counters, now);
        var rung = Rung.Of(state);
        var since = rung == ClauseAction.Guide ? state.GuidedAt ?? state.Since : state.Since;
        var readings = policy.Clauses(kind).Where(IsJudged).OrderByDescending(c => c.Action).Select(c => measuring.ReadSince(c, since)).ToList();
        var breached = readings.Find(r => r.IsBreached);
        if (breached.Clause is not null)
        {
            return climb.Uncured(breached, rung);
        }

        var cured = readings.Find(r => r.Clause.Id == state.WarnedClause);
        return climb.Return(cured.Clause is null ? [] : cured.Figures(), $"cured: mail sent since the {Noun(rung)} is below the limits");

        // Guidance is for the softer limits too; what is remembered, such as the warning itself, isn't mail.
        bool IsJudged(EnforcementClause clause) =>
            (clause.Action >= ClauseAction.Warn || (clause.Action == ClauseAction.Guide && rung == ClauseAction.Guide)) && !clause.Measure.IsRemembered();
    }

    /// <summary>An operator's transition. It needs a reason of at most 1,000 characters.</summary>
    public static Verdict Operator(EnforcementPolicy policy, SubjectKind kind, StandingState state, Standing to, string reason, DateTimeOffset now) =>
        OperatorRules.Forbids(kind, state, to, reason) is { } refused ? refused
        : OperatorRules.IsSo(state, to) ? Verdict.Stay.Same
        : OperatorRules.Apply(policy, kind, state, to, reason, now);

    /// <summary>A pending tenant's vetting ended well.</summary>
    public static Verdict Verified(EnforcementPolicy policy, StandingState state, string reason, DateTimeOffset now) =>
        OperatorRules.Apply(policy, SubjectKind.Tenant, state, Standing.Active, reason, now) with { Clause = "vetting" };

    /// <summary>An operator lets a pending tenant in though its vetting isn't done.</summary>
    /// <param name="missing">Names of the demands that aren't met.</param>
    public static Verdict Unvetted(EnforcementPolicy policy, StandingState state, string reason, IReadOnlyList<string> missing, DateTimeOffset now) =>
        state.Standing != Standing.Pending ? new Verdict.Refused("not-pending", "only a pending tenant is let in")
        : OperatorRules.Forbids(SubjectKind.Tenant, state, Standing.Active, reason) is { } refused ? refused
        : OperatorRules.Apply(policy, SubjectKind.Tenant, state, Standing.Active, $"{reason} (vetting was overridden; missing: {string.Join(", ", missing)})", now) with { Clause = "vetting-overridden" };

    /// <summary>How far a tenant's suspension is: an operator's word, or the tenant's appeal.</summary>
    public static Verdict Stage(SubjectKind kind, StandingState state, SuspensionStage to, string reason) =>
        OperatorRules.ForbidsStage(kind, state, to, reason) is { } refused ? refused
        : state.Stage == to ? Verdict.Stay.Same
        : new Verdict.Change(state.Standing, "stage", "operator", [], state.CureDue, false, reason, state with { Stage = to });

    /// <summary>Every clause for a kind of subject held against its counters now, for showing how far each is.</summary>
    public static IReadOnlyList<ClauseReading> Read(EnforcementPolicy policy, SubjectKind kind, RollingCounters counters, DateTimeOffset now, StandingState? state = null)
    {
        var measuring = new Measuring(policy, state ?? StandingState.Initial(policy, kind, now), counters, now);
        return [.. policy.Clauses(kind).Select(measuring.Read)];
    }

    private static string Noun(ClauseAction rung) => rung switch { ClauseAction.Guide => "guidance", ClauseAction.Limit => "limit", _ => "warning" };
}
