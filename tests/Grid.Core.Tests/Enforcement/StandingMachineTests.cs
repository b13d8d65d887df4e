using Grid.Core.Counters;
using Grid.Core.Enforcement;
using Grid.Core.Vocabulary;

namespace Grid.Core.Tests.Enforcement;

public sealed class StandingMachineTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly EnforcementPolicy Policy = EnforcementPolicy.Default;

    private static StandingState Active => StandingState.Initial(Policy, SubjectKind.Tenant, Now.AddDays(-30));

    private static RollingCounters Counted(CounterTotals totals, DateTimeOffset? at = null)
    {
        var counters = new RollingCounters(Policy.Windows);
        counters.Add(at ?? Now, totals, at ?? Now);
        return counters;
    }

    private static CounterTotals Complaints(long delivered, long complaints) => new(delivered, 0, 0, 0, complaints, 0, delivered);

    private static CounterTotals Bounces(long delivered, long hard) => new(delivered, 0, hard, 0, 0, 0, delivered);

    private static Verdict Judge(CounterTotals totals, SubjectKind kind = SubjectKind.Tenant, StandingState? state = null) =>
        StandingMachine.Judge(Policy, kind, state ?? Active, Counted(totals), Now);

    private static Verdict.Change Changed(Verdict verdict) => Assert.IsType<Verdict.Change>(verdict);

    [Theory]
    [InlineData(10_000, 5, null)]
    [InlineData(10_000, 6, "complaint-warning")]
    [InlineData(10_000, 10, "complaint-warning")]
    [InlineData(10_000, 11, "complaint-cutoff")]
    [InlineData(999, 5, null)]
    [InlineData(1000, 5, "complaint-cutoff")]
    [InlineData(1000, 4, null)]
    [InlineData(4999, 5, "complaint-cutoff")]
    [InlineData(5000, 5, "complaint-warning")]
    [InlineData(9999, 5, "complaint-warning")]
    [InlineData(5001, 5, "complaint-warning")]
    public void Judge_complaints_at_below_and_above_the_thresholds_and_floors(long delivered, long complaints, string? clause) =>
        Assert.Equal(clause, (Judge(Complaints(delivered, complaints)) as Verdict.Change)?.Clause);

    [Theory]
    [InlineData(190, 10, null)]
    [InlineData(189, 10, null)]
    [InlineData(189, 11, "bounce-warning")]
    [InlineData(188, 11, null)]
    [InlineData(180, 20, "bounce-warning")]
    [InlineData(179, 21, "bounce-cutoff")]
    [InlineData(178, 21, null)]
    [InlineData(0, 200, "bounce-cutoff")]
    [InlineData(0, 199, null)]
    public void Judge_hard_bounces_at_below_and_above_the_thresholds_and_floors(long delivered, long hard, string? clause) =>
        Assert.Equal(clause, (Judge(Bounces(delivered, hard)) as Verdict.Change)?.Clause);

    [Fact]
    public void Judge_cutoff_carries_every_figure_it_was_judged_on()
    {
        var change = Changed(Judge(Complaints(10_000, 11)));

        Assert.Equal(Standing.Suspended, change.To);
        Assert.Equal("suspend", change.Action);
        Assert.Null(change.CureDue);
        Assert.False(change.RestartWindows);
        Assert.Equal(
            [new("window", 604_800, "s"), new("delivered", 10_000), new("complaints", 11), new("rate", 0.0011m), new("threshold", 0.001m), new("minDelivered", 1000), new("minComplaints", 5)],
            change.Figures);
        Assert.Contains("11 complaints of 10000 delivered in 7 d (0.11 %); the limit is 0.1 %", change.Reason, StringComparison.Ordinal);
        Assert.Equal([Now], change.Next.Suspensions);
    }

    [Fact]
    public void Judge_warning_starts_a_cure_of_48_hours()
    {
        var change = Changed(Judge(Complaints(10_000, 6)));

        Assert.Equal((Standing.Warned, "warn", Now.AddHours(48)), (change.To, change.Action, change.CureDue!.Value));
        Assert.Equal((Standing.Warned, Now, "complaint-warning"), (change.Next.Standing, change.Next.Since, change.Next.WarnedClause));
    }

    [Fact]
    public void Judge_warned_isnt_warned_again_but_is_suspended()
    {
        var warned = Changed(Judge(Complaints(10_000, 6))).Next;

        Assert.IsType<Verdict.Stay>(Judge(Complaints(10_000, 7) + Bounces(0, 900), state: warned));
        Assert.Equal(Standing.Suspended, Changed(Judge(Complaints(10_000, 11), state: warned)).To);
    }

    [Theory]
    [InlineData(Standing.Pending)]
    [InlineData(Standing.Suspended)]
    [InlineData(Standing.Terminated)]
    public void Judge_who_doesnt_send_isnt_judged(Standing standing) =>
        Assert.IsType<Verdict.Stay>(Judge(Complaints(10_000, 500), state: Active with { Standing = standing }));

    [Fact]
    public void Judge_events_out_of_the_window_no_longer_count()
    {
        var counters = Counted(Complaints(10_000, 11));

        Assert.IsType<Verdict.Change>(StandingMachine.Judge(Policy, SubjectKind.Tenant, Active, counters, Now.AddDays(7)));
        Assert.IsType<Verdict.Stay>(StandingMachine.Judge(Policy, SubjectKind.Tenant, Active, counters, Now.AddDays(7).AddHours(1)));
    }

    [Theory]
    [InlineData(90, Standing.Terminated, "repeat-suspension")]
    [InlineData(91, Standing.Suspended, "complaint-cutoff")]
    public void Judge_second_suspension_within_90_days_terminates(int days, Standing to, string clause)
    {
        var change = Changed(Judge(Complaints(10_000, 11), state: Active with { Suspensions = [Now.AddDays(-days)] }));

        Assert.Equal((to, clause), (change.To, change.Clause));
        Assert.Equal(to == Standing.Terminated, change.Figures.Contains(new("suspensions", 2)));
        Assert.Equal(to, change.Next.Standing);
    }

    [Fact]
    public void CureEnded_before_its_time_changes_nothing()
    {
        var warned = Changed(Judge(Complaints(10_000, 6))).Next;

        Assert.IsType<Verdict.Stay>(StandingMachine.CureEnded(Policy, SubjectKind.Tenant, warned, Counted(Complaints(10_000, 6)), Now.AddHours(48).AddTicks(-1)));
    }

    [Fact]
    public void CureEnded_clean_since_the_warning_returns_to_active_with_new_windows()
    {
        var warned = Changed(Judge(Complaints(10_000, 6))).Next;
        var counters = Counted(Complaints(10_000, 6), Now.AddMinutes(-90));
        counters.Add(Now.AddHours(2), Complaints(10_000, 5), Now.AddHours(2));

        var change = Changed(StandingMachine.CureEnded(Policy, SubjectKind.Tenant, warned, counters, Now.AddHours(48)));

        Assert.Equal((Standing.Active, "cure", "complaint-warning", true), (change.To, change.Action, change.Clause, change.RestartWindows));
        Assert.Contains(new Figure("complaints", 5), change.Figures);
        Assert.Equal((Now.AddHours(48), null, null), (change.Next.WindowsFrom, change.Next.CureDue, change.Next.WarnedClause));
    }

    [Fact]
    public void CureEnded_still_above_suspends_with_what_happened_since_the_warning()
    {
        var warned = Changed(Judge(Complaints(10_000, 6))).Next;
        var counters = Counted(Complaints(100_000, 6), Now.AddMinutes(-90));
        counters.Add(Now.AddHours(2), Complaints(10_000, 6), Now.AddHours(2));

        var change = Changed(StandingMachine.CureEnded(Policy, SubjectKind.Tenant, warned, counters, Now.AddHours(48)));

        Assert.Equal((Standing.Suspended, "suspend", "complaint-warning"), (change.To, change.Action, change.Clause));
        Assert.Contains(new Figure("delivered", 10_000), change.Figures);
        Assert.Contains(new Figure("window", 172_800, "s"), change.Figures);
        Assert.Null(change.CureDue);
        Assert.Equal([Now.AddHours(48)], change.Next.Suspensions);
    }

    [Fact]
    public void Judge_blocked_ip_rests_and_each_rest_is_longer()
    {
        var state = StandingState.Initial(Policy, SubjectKind.Ip, Now);
        var blocked = new CounterTotals(94, 6, 0, 0, 0, 0, 94, 6);
        var rests = new List<double>();
        for (var i = 0; i < 6; i++)
        {
            var rest = Changed(Judge(blocked, SubjectKind.Ip, state));
            Assert.Equal((Standing.Suspended, "rest", "ip-blocks"), (rest.To, rest.Action, rest.Clause));
            rests.Add((rest.CureDue!.Value - Now).TotalHours);
            var back = Changed(StandingMachine.CureEnded(Policy, SubjectKind.Ip, rest.Next, Counted(default), rest.CureDue!.Value));
            Assert.Equal((Standing.Active, "resume", true), (back.To, back.Action, back.RestartWindows));
            state = back.Next;
        }

        Assert.Equal([2, 4, 8, 16, 24, 24], rests);
    }

    [Theory]
    [InlineData(95, 5, 5, false)]
    [InlineData(94, 6, 6, true)]
    [InlineData(46, 3, 3, false)]
    [InlineData(47, 3, 3, true)]
    public void Judge_ip_blocks_at_the_threshold_and_floor(long delivered, long deferred, long blocks, bool rests) =>
        Assert.Equal(rests, Judge(new(delivered, deferred, 0, 0, 0, 0, 0, blocks), SubjectKind.Ip) is Verdict.Change);

    [Fact]
    public void Judge_ip_complaints_warn_and_uncured_rest_ends_by_itself()
    {
        var warned = Changed(Judge(Complaints(10_000, 31), SubjectKind.Ip));
        Assert.Equal((Standing.Warned, "ip-complaints"), (warned.To, warned.Clause));
        Assert.IsType<Verdict.Stay>(Judge(Complaints(10_000, 30), SubjectKind.Ip));

        var later = Now.AddHours(48);
        var rest = Changed(StandingMachine.CureEnded(Policy, SubjectKind.Ip, warned.Next, Counted(Complaints(10_000, 31), Now.AddHours(3)), later));

        Assert.Equal((Standing.Suspended, later.AddHours(48)), (rest.To, rest.CureDue!.Value));
    }

    [Theory]
    [InlineData(50, 50, false)]
    [InlineData(49, 51, true)]
    [InlineData(48, 51, false)]
    public void Judge_domain_is_paused_for_an_hour_only_by_blocks(long delivered, long blocks, bool pauses)
    {
        var verdict = Judge(new(delivered, blocks, 0, 0, 0, 0, 0, blocks), SubjectKind.Domain);

        Assert.Equal(pauses ? Now.AddHours(1) : null, (verdict as Verdict.Change)?.CureDue);
        Assert.IsType<Verdict.Stay>(Judge(Bounces(0, 5000), SubjectKind.Domain));
    }

    [Fact]
    public void CureEnded_what_an_operator_imposed_outlasts_the_grids_rest()
    {
        var warnedByOperator = Changed(StandingMachine.Operator(Policy, SubjectKind.Ip, StandingState.Initial(Policy, SubjectKind.Ip, Now), Standing.Warned, "watch it", Now)).Next;
        var rest = Changed(Judge(new(94, 6, 0, 0, 0, 0, 0, 6), SubjectKind.Ip, warnedByOperator));

        Assert.Equal(Standing.Warned, Changed(StandingMachine.CureEnded(Policy, SubjectKind.Ip, rest.Next, Counted(default), rest.CureDue!.Value)).To);
    }

    [Fact]
    public void Operator_hold_over_a_rest_leaves_nothing_that_ends_by_itself()
    {
        var rest = Changed(Judge(new(94, 6, 0, 0, 0, 0, 0, 6), SubjectKind.Ip));

        var hold = Changed(StandingMachine.Operator(Policy, SubjectKind.Ip, rest.Next, Standing.Suspended, "keep it out", Now.AddMinutes(1)));

        Assert.Null(hold.Next.CureDue);
        Assert.IsType<Verdict.Stay>(StandingMachine.CureEnded(Policy, SubjectKind.Ip, hold.Next, Counted(default), Now.AddDays(1)));
    }

    [Fact]
    public void Read_shows_how_far_each_clause_is()
    {
        var readings = StandingMachine.Read(Policy, SubjectKind.Tenant, Counted(Complaints(2000, 1)), Now);

        var cutoff = readings.Single(r => r.Clause.Id == "complaint-cutoff");
        Assert.Equal((1, 2000, 0.0005m, true, false), (cutoff.Events, cutoff.Volume, cutoff.Rate, cutoff.IsCollecting, cutoff.IsBreached));
    }

    [Fact]
    public void Judge_complaint_count_ignores_what_was_delivered()
    {
        var clause = new EnforcementClause("complaint-count", ClauseMeasure.ComplaintCount, "24h", new(100, 1), 0, 0, ClauseAction.Suspend, null, "above 100 complaints a day", "stop");
        var policy = Policy with { Tenant = [clause] };

        Assert.IsType<Verdict.Stay>(StandingMachine.Judge(policy, SubjectKind.Tenant, Active, Counted(Complaints(5, 100)), Now));
        Assert.IsType<Verdict.Change>(StandingMachine.Judge(policy, SubjectKind.Tenant, Active, Counted(Complaints(9_000_000, 101)), Now));
    }
}
