using Grid.Core.Counters;
using Grid.Core.Enforcement;
using Grid.Core.Enforcement.Policies;
using Grid.Core.Vocabulary;

namespace Grid.Core.Tests.Enforcement;

/// <summary>The whole ladder: guidance, warning, limit, suspension, termination; probation; reports; stages.</summary>
public sealed class LadderTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private static readonly EnforcementPolicy Policy = EnforcementPolicy.Default with
    {
        SuspensionsToTerminate = 0,
        Ladder = new() { Guided = true, GuideFor = Week, WarnFor = Week, LimitedBeforeSuspended = true, LimitFor = Week, LimitedRate = new(60, TimeSpan.FromMinutes(1), 1) },
        Tenant =
        [
            Rate("soft", ClauseAction.Warn, new(5, 10_000)),
            Event("minor", "verdict.minor", ClauseAction.Warn),
            Event("slow", "tenant.list-bomb", ClauseAction.Limit),
            Event("grave", "verdict.serious", ClauseAction.Suspend),
            Event("fatal", "verdict.list-violation", ClauseAction.Terminate),
            Event("noted", "report.spam", ClauseAction.Record) with { Effects = ClauseEffects.Case },
        ],
    };

    private static EnforcementClause Rate(string id, ClauseAction action, Ratio above) =>
        new(id, ClauseMeasure.ComplaintRate, "7d", above, 1000, 5, action, null, $"the rule {id}", "be better");

    private static EnforcementClause Event(string id, string signal, ClauseAction action) =>
        new(id, ClauseMeasure.EventCount, "", new(0, 1), 0, 0, action, null, $"the rule {id}", "be better") { Signal = signal, Over = TimeSpan.FromDays(90) };

    private static EnforcementClause Memory(string id, ClauseMeasure measure, int days, int above, ClauseAction action) =>
        new(id, measure, "", new(above, 1), 0, 0, action, null, $"the rule {id}", "") { Over = TimeSpan.FromDays(days) };

    private static StandingState Active => StandingState.Initial(Policy, SubjectKind.Tenant, Now.AddDays(-30));

    private static RollingCounters Counted(long delivered = 0, long complaints = 0, DateTimeOffset? at = null)
    {
        var counters = new RollingCounters(Policy.Windows);
        counters.Add(at ?? Now, new(delivered, 0, 0, 0, complaints, 0, delivered), at ?? Now);
        return counters;
    }

    private static Verdict Report(StandingState state, string signal, EnforcementPolicy? policy = null, DateTimeOffset? at = null, SubjectKind kind = SubjectKind.Tenant)
    {
        var reported = new StandingEvent(Guid.Empty + signal + at, signal, at ?? Now);
        return StandingMachine.Judge(policy ?? Policy, kind, StandingMachine.Remember(state, reported), Counted(), at ?? Now, reported);
    }

    private static Verdict.Change Changed(Verdict verdict) => Assert.IsType<Verdict.Change>(verdict);

    [Fact]
    public void Judge_first_warning_of_a_ladder_with_guidance_is_guidance()
    {
        var change = Changed(StandingMachine.Judge(Policy, SubjectKind.Tenant, Active, Counted(10_000, 6), Now));

        Assert.Equal((Standing.Active, "guide", "soft", Now + Week), (change.To, change.Action, change.Clause, change.CureDue!.Value));
        Assert.Equal((StandingConditions.Guided, Now, Now + Week), (change.Next.Conditions, change.Next.GuidedAt!.Value, change.Next.NextDue!.Value));
    }

    [Fact]
    public void Judge_guided_is_not_warned_while_its_time_runs()
    {
        var guided = Changed(StandingMachine.Judge(Policy, SubjectKind.Tenant, Active, Counted(10_000, 6), Now)).Next;

        Assert.IsType<Verdict.Stay>(StandingMachine.Judge(Policy, SubjectKind.Tenant, guided, Counted(10_000, 9), Now.AddDays(1)));
        Assert.Equal("limit", Changed(Report(guided, "tenant.list-bomb")).Action);
        Assert.Equal("suspend", Changed(Report(guided, "verdict.serious")).Action);
    }

    [Fact]
    public void CureEnded_climbs_rung_by_rung_where_nothing_is_cured()
    {
        var (state, at) = (Changed(StandingMachine.Judge(Policy, SubjectKind.Tenant, Active, Counted(10_000, 6), Now)).Next, Now);
        var story = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            Assert.IsType<Verdict.Stay>(StandingMachine.CureEnded(Policy, SubjectKind.Tenant, state, Counted(10_000, 6, at.AddHours(1)), at + Week - TimeSpan.FromTicks(1)));
            var change = Changed(StandingMachine.CureEnded(Policy, SubjectKind.Tenant, state, Counted(10_000, 6, at.AddHours(1)), at + Week));
            story.Add($"{change.Action} {change.To} {change.Next.Conditions}");
            (state, at) = (change.Next, at + Week);
        }

        Assert.Equal(["warn Warned None", "limit Warned Limited", "suspend Suspended None"], story);
        Assert.Equal(SuspensionStage.Investigating, state.Stage);
        Assert.Null(state.NextDue);
    }

    [Theory]
    [InlineData(StandingConditions.Guided, Standing.Active)]
    [InlineData(StandingConditions.None, Standing.Warned)]
    [InlineData(StandingConditions.Limited, Standing.Warned)]
    [InlineData(StandingConditions.Limited, Standing.Active)]
    public void CureEnded_clean_since_returns_to_plain_active(StandingConditions conditions, Standing standing)
    {
        var state = Active with { Standing = standing, Conditions = conditions, Since = Now, GuidedAt = Now, CureDue = Now + Week, WarnedClause = "soft" };

        var change = Changed(StandingMachine.CureEnded(Policy, SubjectKind.Tenant, state, Counted(10_000, 5, Now.AddHours(1)), Now + Week));

        Assert.Equal((Standing.Active, "cure", true), (change.To, change.Action, change.RestartWindows));
        Assert.Equal((StandingConditions.None, null), (change.Next.Conditions, change.Next.CureDue));
    }

    [Theory]
    [InlineData(90, "warn")]
    [InlineData(91, "guide")]
    public void Judge_guidance_is_given_once_in_the_repeat_window(int daysAgo, string action) =>
        Assert.Equal(action, Changed(Report(Active with { GuidedAt = Now.AddDays(-daysAgo) }, "verdict.minor")).Action);

    [Fact]
    public void Allowance_of_a_limited_tenant_is_the_ladders_rate()
    {
        var limited = Changed(Report(Active, "tenant.list-bomb")).Next;

        Assert.Equal((null, Policy.Ladder.LimitedRate), (Allowance.Of(Policy, limited).PerDay, Allowance.Of(Policy, limited).Rate!.Value));
        Assert.Equal(default, Allowance.Of(Policy, Active));
    }

    [Fact]
    public void Remember_counts_a_report_once_and_forgets_the_oldest()
    {
        var state = Active;
        for (var i = 0; i < 70; i++)
        {
            state = StandingMachine.Remember(state, new($"{i}", "report.spam", Now));
        }

        Assert.Equal((StandingState.MaxEvents, "6", "69"), (state.Events.Count, state.Events[0].Id, state.Events[^1].Id));
        Assert.Same(state, StandingMachine.Remember(state, new("69", "report.spam", Now)));
    }

    [Fact]
    public void Judge_counters_do_not_set_off_clauses_on_reports()
    {
        var state = StandingMachine.Remember(Active, new("1", "verdict.serious", Now));

        Assert.IsType<Verdict.Stay>(StandingMachine.Judge(Policy, SubjectKind.Tenant, state, Counted(10, 1), Now));
    }

    [Fact]
    public void Judge_report_that_only_records_leaves_the_standing_and_opens_a_case()
    {
        var change = Changed(Report(Active, "report.spam"));

        Assert.Equal((Standing.Active, "record", ClauseEffects.Case, null), (change.To, change.Action, change.Effects, change.CureDue));
        Assert.False(change.RestartWindows);
    }

    [Fact]
    public void Judge_rate_that_only_records_does_so_once_a_window()
    {
        var policy = Policy with { Tenant = [Rate("soft", ClauseAction.Record, new(5, 10_000))] };
        var noted = Changed(StandingMachine.Judge(policy, SubjectKind.Tenant, Active, Counted(10_000, 6), Now)).Next;

        Assert.IsType<Verdict.Stay>(StandingMachine.Judge(policy, SubjectKind.Tenant, noted, Counted(10_000, 7), Now + Week - TimeSpan.FromTicks(1)));
        Assert.IsType<Verdict.Change>(StandingMachine.Judge(policy, SubjectKind.Tenant, noted, Counted(10_000, 7, Now + Week), Now + Week));
    }

    [Fact]
    public void Judge_of_two_clauses_on_one_report_the_more_severe_decides()
    {
        var policy = Policy with { Tenant = [Event("mild", "verdict.serious", ClauseAction.Record), .. Policy.Tenant] };

        Assert.Equal("grave", Changed(Report(Active, "verdict.serious", policy)).Clause);
    }

    [Theory]
    [InlineData(Standing.Suspended, "verdict.serious", null)]
    [InlineData(Standing.Suspended, "verdict.minor", null)]
    [InlineData(Standing.Suspended, "verdict.list-violation", "terminate")]
    [InlineData(Standing.Suspended, "report.spam", "record")]
    [InlineData(Standing.Pending, "verdict.serious", null)]
    [InlineData(Standing.Pending, "verdict.list-violation", "terminate")]
    [InlineData(Standing.Terminated, "verdict.list-violation", null)]
    [InlineData(Standing.Terminated, "report.spam", null)]
    public void Judge_reports_about_who_does_not_send(Standing standing, string signal, string? action) =>
        Assert.Equal(action, (Report(Active with { Standing = standing }, signal) as Verdict.Change)?.Action);

    [Theory]
    [InlineData(1, 90, "suspend")]
    [InlineData(1, 91, "warn")]
    [InlineData(0, 0, "warn")]
    public void Judge_second_warning_within_its_stretch_suspends(int before, int daysAgo, string action)
    {
        var policy = Policy with { Ladder = new(), Tenant = [.. Policy.Tenant, Memory("again", ClauseMeasure.WarningCount, 90, 1, ClauseAction.Suspend)] };
        var state = Active with { Warnings = [.. Enumerable.Repeat(Now.AddDays(-daysAgo), before)] };

        var change = Changed(Report(state, "verdict.minor", policy));

        Assert.Equal((action, action == "suspend" ? "again" : "minor"), (change.Action, change.Clause));
    }

    [Theory]
    [InlineData(180, "terminate")]
    [InlineData(181, "suspend")]
    public void Judge_third_suspension_within_its_stretch_terminates_though_longer_than_the_repeat_window(int daysAgo, string action)
    {
        var policy = Policy with { Tenant = [.. Policy.Tenant, Memory("thrice", ClauseMeasure.SuspensionCount, 180, 2, ClauseAction.Terminate)] };
        var state = Active with { Suspensions = [Now.AddDays(-daysAgo), Now.AddDays(-1)] };

        Assert.Equal(action, Changed(Report(state, "verdict.serious", policy)).Action);
    }

    [Fact]
    public void Judge_all_of_two_reports_holds_with_the_second_within_the_memory()
    {
        var both = Event("both", "verdict.unsolicited", ClauseAction.Suspend) with { Also = [new(ClauseMeasure.EventCount, "verdict.bulk", "", TimeSpan.FromDays(90), new(0, 1), 0, 0)] };
        var policy = Policy with { Tenant = [both] };
        var one = StandingMachine.Remember(Active, new("1", "verdict.bulk", Now));

        Assert.IsType<Verdict.Stay>(Report(Active, "verdict.unsolicited", policy));
        Assert.Equal("both", Changed(Report(one, "verdict.unsolicited", policy, Now.AddDays(90))).Clause);
        Assert.IsType<Verdict.Stay>(Report(one, "verdict.unsolicited", policy, Now.AddDays(90).AddTicks(1)));
    }

    [Fact]
    public void Judge_report_beside_a_rate_needs_both_on_either_occasion()
    {
        var both = Rate("both", ClauseAction.Suspend, new(1, 1000)) with { Also = [new(ClauseMeasure.EventCount, "content.strike", "", TimeSpan.FromDays(90), new(0, 1), 0, 0)] };
        var policy = Policy with { Tenant = [both] };
        var struck = StandingMachine.Remember(Active, new("1", "content.strike", Now));

        Assert.IsType<Verdict.Stay>(StandingMachine.Judge(policy, SubjectKind.Tenant, Active, Counted(10_000, 11), Now));
        Assert.IsType<Verdict.Stay>(StandingMachine.Judge(policy, SubjectKind.Tenant, struck, Counted(10_000, 10), Now));
        Assert.IsType<Verdict.Change>(StandingMachine.Judge(policy, SubjectKind.Tenant, struck, Counted(10_000, 11), Now));
        Assert.IsType<Verdict.Change>(StandingMachine.Judge(policy, SubjectKind.Tenant, struck, Counted(10_000, 11), Now, struck.Events[0]));
    }

    [Fact]
    public void Probation_rises_by_a_step_when_its_time_is_over_and_stays_where_rates_are_bad()
    {
        var policy = Policy with { Ladder = new() { Probation = [new(1000, TimeSpan.FromDays(3)), new(5000, TimeSpan.FromDays(2))] } };
        var state = StandingState.Initial(policy, SubjectKind.Tenant, Now);
        Assert.Equal((StandingConditions.Probation, 1000, Now.AddDays(3)), (state.Conditions, Allowance.Of(policy, state).PerDay!.Value, state.NextDue!.Value));
        Assert.IsType<Verdict.Stay>(StandingMachine.CureEnded(policy, SubjectKind.Tenant, state, Counted(), Now.AddDays(3).AddTicks(-1)));

        var second = Changed(StandingMachine.CureEnded(policy, SubjectKind.Tenant, state, Counted(), Now.AddDays(3)));
        Assert.Equal(("probation", 5000, Now.AddDays(5)), (second.Action, Allowance.Of(policy, second.Next).PerDay!.Value, second.Next.NextDue!.Value));
        Assert.Null(second.CureDue);

        var bad = Changed(StandingMachine.CureEnded(policy, SubjectKind.Tenant, second.Next, Counted(10_000, 6, Now.AddDays(5)), Now.AddDays(5)));
        Assert.Equal((1, Now.AddDays(7)), (bad.Next.ProbationStep, bad.Next.NextDue!.Value));

        var over = Changed(StandingMachine.CureEnded(policy, SubjectKind.Tenant, bad.Next, Counted(), Now.AddDays(7)));
        Assert.Equal((StandingConditions.None, null, null), (over.Next.Conditions, over.Next.NextDue, Allowance.Of(policy, over.Next).PerDay));
    }

    [Fact]
    public void Probation_begins_when_a_pending_tenant_is_activated()
    {
        var policy = Policy with { VettingRequired = true, Ladder = new() { Probation = [new(1000, TimeSpan.FromDays(3))] } };
        var pending = StandingState.Initial(policy, SubjectKind.Tenant, Now);
        Assert.Equal((Standing.Pending, StandingConditions.None, null), (pending.Standing, pending.Conditions, pending.NextDue));

        var active = Changed(StandingMachine.Operator(policy, SubjectKind.Tenant, pending, Standing.Active, "vetted", Now));

        Assert.Equal((StandingConditions.Probation, Now.AddDays(3)), (active.Next.Conditions, active.Next.NextDue!.Value));
        Assert.Equal(StandingConditions.None, StandingState.Initial(policy, SubjectKind.Ip, Now).Conditions);
    }

    [Fact]
    public void Probation_outlasts_a_suspension()
    {
        var state = Active with { Conditions = StandingConditions.Probation, ProbationDue = Now.AddDays(3) };

        Assert.Equal(StandingConditions.Probation, Changed(Report(state, "verdict.serious")).Next.Conditions);
    }

    [Fact]
    public void Stage_goes_from_investigating_to_awaiting_appeal_with_a_reason()
    {
        var suspended = Changed(Report(Active, "verdict.serious")).Next;
        Assert.Equal((SuspensionStage.Investigating, "verdict.serious"), (suspended.Stage, suspended.Cause));

        var change = Changed(StandingMachine.Stage(SubjectKind.Tenant, suspended, SuspensionStage.AwaitingAppeal, "it was spam"));

        Assert.Equal((Standing.Suspended, SuspensionStage.AwaitingAppeal, "stage"), (change.To, change.Next.Stage, change.Action));
        Assert.IsType<Verdict.Stay>(StandingMachine.Stage(SubjectKind.Tenant, change.Next, SuspensionStage.AwaitingAppeal, "again"));
        Assert.IsType<Verdict.Refused>(StandingMachine.Stage(SubjectKind.Tenant, suspended, SuspensionStage.AwaitingAppeal, " "));
        Assert.IsType<Verdict.Refused>(StandingMachine.Stage(SubjectKind.Tenant, suspended, SuspensionStage.None, "end it"));
        Assert.IsType<Verdict.Refused>(StandingMachine.Stage(SubjectKind.Tenant, Active, SuspensionStage.AwaitingAppeal, "early"));
        Assert.IsType<Verdict.Refused>(StandingMachine.Stage(SubjectKind.Ip, suspended, SuspensionStage.AwaitingAppeal, "an ip"));
    }

    [Fact]
    public void Operator_reinstates_with_new_windows_and_the_memory_of_before()
    {
        var suspended = Changed(Report(Active with { Warnings = [Now.AddDays(-3)] }, "verdict.serious")).Next;

        var back = Changed(StandingMachine.Operator(Policy, SubjectKind.Tenant, suspended, Standing.Active, "appeal accepted", Now.AddDays(1)));

        Assert.True(back.RestartWindows);
        Assert.Equal((Now.AddDays(1), SuspensionStage.None, null), (back.Next.WindowsFrom, back.Next.Stage, back.Next.Cause));
        Assert.Equal((1, 1, 1), (back.Next.Suspensions.Count, back.Next.Warnings.Count, back.Next.Events.Count));
    }

    [Theory]
    [InlineData("content.malware", true)]
    [InlineData("verdict.phishing", true)]
    [InlineData("content.fraud", true)]
    [InlineData("verdict.serious", false)]
    [InlineData(null, false)]
    public void PermittedVerbs_the_transactional_lane_is_closed_for_grave_causes(string? cause, bool serious)
    {
        var suspended = Active with { Standing = Standing.Suspended, Cause = cause };
        var lenient = Policy with { Ladder = Policy.Ladder with { TransactionalWhileSuspended = true } };

        Assert.Equal(!serious, PermittedVerbs.Allows(lenient, suspended, Verb.SubmitTransactional));
        Assert.False(PermittedVerbs.Allows(Policy, suspended, Verb.SubmitTransactional));
        Assert.False(PermittedVerbs.Allows(lenient, suspended, Verb.SubmitBulk));
    }

    [Fact]
    public void PermittedVerbs_opting_out_complaining_and_bouncing_work_in_every_standing() =>
        Assert.All(
            from standing in Enum.GetValues<Standing>()
            from verb in new[] { Verb.OptOut, Verb.Complain, Verb.Bounce, Verb.Export }
            select PermittedVerbs.Allows(Policy, Active with { Standing = standing }, verb),
            Assert.True);

    [Theory]
    [InlineData(Standing.Pending, false, false, true)]
    [InlineData(Standing.Active, true, false, true)]
    [InlineData(Standing.Warned, true, true, true)]
    [InlineData(Standing.Suspended, false, true, true)]
    [InlineData(Standing.Terminated, false, false, false)]
    public void PermittedVerbs_of_each_standing(Standing standing, bool submits, bool appeals, bool reads)
    {
        var state = Active with { Standing = standing };

        Assert.Equal(
            (submits, submits, appeals, reads),
            (PermittedVerbs.Allows(Policy, state, Verb.SubmitBulk), PermittedVerbs.Allows(Policy, state, Verb.DeliverTransactional), PermittedVerbs.Allows(Policy, state, Verb.Appeal), PermittedVerbs.Allows(Policy, state, Verb.Read)));
    }

    [Fact]
    public void Ip_and_domain_skip_guidance_and_limit()
    {
        var ip = Policy with { Ip = [Event("listed", "listing.spamhaus", ClauseAction.Warn)] };

        var warned = Changed(Report(StandingState.Initial(ip, SubjectKind.Ip, Now), "listing.spamhaus", ip, kind: SubjectKind.Ip));

        Assert.Equal("warn", warned.Action);
        Assert.Equal((Standing.Active, "cure"), Changed(StandingMachine.CureEnded(ip, SubjectKind.Ip, warned.Next, Counted(), Now + Week)) switch { var c => (c.To, c.Action) });
    }
}
