using Grid.Core.Counters;
using Grid.Core.Enforcement;
using Grid.Core.Vocabulary;
using Grid.Host.Policies;

namespace Grid.Host.Tests.Policies;

/// <summary>
/// Every clause of every built-in policy that changes a standing, each at its own edge: exactly at the threshold nothing follows, one event
/// more and what the clause says follows; one below a floor nothing is judged.
/// </summary>
public sealed class StandingScenarioTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Policy, kind of subject, index of the clause there, its id.</summary>
    public static TheoryData<string, SubjectKind, int, string> Clauses { get; } = [.. All(_ => true)];

    [Theory]
    [MemberData(nameof(Clauses))]
    public void Clause_acts_strictly_above_its_threshold(string policy, SubjectKind kind, int index, string id)
    {
        var (alone, clause) = Alone(policy, kind, index);
        Assert.Equal(id, clause.Id);

        Assert.IsType<Verdict.Stay>(Judged(alone, kind, clause, excess: 0));
        var change = Assert.IsType<Verdict.Change>(Judged(alone, kind, clause, excess: 1));

        Assert.Equal((id, Expected(alone, kind, clause)), (change.Clause, change.Action));
        Assert.Equal(clause.Effects, change.Effects);
        Assert.NotEmpty(change.Figures);
        Assert.Contains(clause.Words, change.Reason, StringComparison.Ordinal);
    }

    /// <summary>Those that have floors.</summary>
    public static TheoryData<string, SubjectKind, int, string> Rates { get; } = [.. All(clause => !clause.Measure.IsCount())];

    [Theory]
    [MemberData(nameof(Rates))]
    public void Clause_is_not_judged_below_its_floors(string policy, SubjectKind kind, int index, string id)
    {
        var (alone, clause) = Alone(policy, kind, index);
        Assert.Equal(id, clause.Id);
        var counters = new RollingCounters(alone.Windows);
        counters.Add(Now, Totals(clause.Measure, clause.MinDelivered - 1, clause.MinDelivered - 1), Now);
        Assert.IsType<Verdict.Stay>(StandingMachine.Judge(alone, kind, Subject(), counters, Now));

        counters = new RollingCounters(alone.Windows);
        counters.Add(Now, Totals(clause.Measure, Math.Max(clause.MinDelivered, clause.MinEvents), Math.Max(clause.MinDelivered, clause.MinEvents)), Now);
        Assert.IsType<Verdict.Change>(StandingMachine.Judge(alone, kind, Subject(), counters, Now));
    }

    private static IEnumerable<TheoryDataRow<string, SubjectKind, int, string>> All(Func<EnforcementClause, bool> which) =>
        from policy in BuiltInPolicies.All
        from kind in new[] { SubjectKind.Tenant, SubjectKind.Ip, SubjectKind.Domain }
        from clause in policy.Clauses(kind).Select((c, i) => (Clause: c, Index: i)).Where(c => which(c.Clause))
        select new TheoryDataRow<string, SubjectKind, int, string>(policy.Name, kind, clause.Index, clause.Clause.Id);

    private static StandingState Subject() => new() { Standing = Standing.Active, Since = Now.AddDays(-400), WindowsFrom = Now.AddDays(-400) };

    // The clause alone in its policy, and beside it a warning or suspension for those that count such.
    private static (EnforcementPolicy Policy, EnforcementClause Clause) Alone(string name, SubjectKind kind, int index)
    {
        var policy = BuiltInPolicies.Policy(name)!;
        var clause = policy.Clauses(kind)[index];
        ClauseAction? occasion = clause.Measure switch { ClauseMeasure.WarningCount => ClauseAction.Warn, ClauseMeasure.SuspensionCount => ClauseAction.Suspend, _ => null };
        EnforcementClause[] clauses = occasion is { } action
            ? [clause, new EnforcementClause("occasion", ClauseMeasure.EventCount, "", new(0, 1), 0, 0, action, null, "occasion", "") { Signal = "verdict.minor", Over = TimeSpan.FromDays(1) }]
            : [clause];
        return (kind switch { SubjectKind.Tenant => policy with { Tenant = clauses }, SubjectKind.Ip => policy with { Ip = clauses }, _ => policy with { Domain = clauses } }, clause);
    }

    private static Verdict Judged(EnforcementPolicy policy, SubjectKind kind, EnforcementClause clause, int excess)
    {
        var counters = new RollingCounters(policy.Windows);
        var state = Subject();
        var (numerator, denominator) = (clause.Threshold.Numerator, clause.Threshold.Denominator);
        switch (clause.Measure)
        {
            case ClauseMeasure.WarningCount or ClauseMeasure.SuspensionCount:
                var times = Enumerable.Range(0, (int)numerator - 1 + excess).Select(i => Now - clause.Over + TimeSpan.FromHours(i)).ToList();
                state = clause.Measure == ClauseMeasure.WarningCount ? state with { Warnings = times } : state with { Suspensions = times };
                var verdict = Reported(policy, kind, state, counters, "verdict.minor", 1);
                return verdict is Verdict.Change { Clause: "occasion" } ? Verdict.Stay.Same : verdict;
            case ClauseMeasure.EventCount when clause.Terms.Count() == 1:
                return Reported(policy, kind, state, counters, clause.Signal, (int)numerator + excess);
            case ClauseMeasure.EventCount:
                // All but the last report are there; with the last it holds.
                var signals = clause.Terms.Select(t => t.Signal).ToList();
                state = signals.SkipLast(1).Aggregate(state, (s, signal) => StandingMachine.Remember(s, new(signal, signal, Now)));
                return excess == 0
                    ? StandingMachine.Judge(policy, kind, state, counters, Now, state.Events[^1])
                    : Reported(policy, kind, state, counters, signals[^1], 1);
            default:
                var times1 = clause.Measure.IsCount() ? 1 : Math.Max(Ceiling(clause.MinDelivered, denominator), Ceiling(clause.MinEvents, numerator));
                counters.Add(Now, Totals(clause.Measure, clause.Measure.IsCount() ? 10_000_000 : times1 * denominator, (times1 * numerator) + excess), Now);
                return StandingMachine.Judge(policy, kind, state, counters, Now);
        }
    }

    private static Verdict Reported(EnforcementPolicy policy, SubjectKind kind, StandingState state, RollingCounters counters, string signal, int times)
    {
        Verdict verdict = Verdict.Stay.Same;
        for (var i = 0; i < times; i++)
        {
            var reported = new StandingEvent($"{signal}-{i}", signal, Now);
            state = StandingMachine.Remember(state, reported);
            verdict = StandingMachine.Judge(policy, kind, state, counters, Now, reported);
        }

        return verdict;
    }

    private static CounterTotals Totals(ClauseMeasure measure, long volume, long events) => measure switch
    {
        ClauseMeasure.ComplaintRate or ClauseMeasure.ComplaintCount => new(volume, 0, 0, 0, events, 0, volume),
        ClauseMeasure.HardBounceRate => new(volume - events, 0, events, 0, 0, 0, 0),
        ClauseMeasure.BlockRate => new(volume - events, events, 0, 0, 0, 0, 0, events),
        _ => throw new InvalidOperationException($"no built-in policy measures {measure} so far"),
    };

    private static string Expected(EnforcementPolicy policy, SubjectKind kind, EnforcementClause clause) => clause.Action switch
    {
        ClauseAction.Record => "record",
        ClauseAction.Guide => "guide",
        ClauseAction.Warn => policy.Ladder.Guided && kind == SubjectKind.Tenant ? "guide" : "warn",
        ClauseAction.Limit => "limit",
        ClauseAction.Suspend => kind switch { SubjectKind.Tenant => "suspend", SubjectKind.Ip => "rest", _ => "pause" },
        _ => "terminate",
    };

    private static long Ceiling(long value, long by) => (value + by - 1) / by;
}
