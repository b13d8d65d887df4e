using System.Text.Json;
using Grid.Core.Enforcement;
using Grid.Core.Vocabulary;

namespace Grid.Core.Tests.Enforcement;

/// <summary>Every transition that an operator may ask for, allowed and forbidden.</summary>
public sealed class OperatorTransitionTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly EnforcementPolicy Policy = EnforcementPolicy.Default;

    private static Verdict Operator(Standing from, Standing to, SubjectKind kind = SubjectKind.Tenant, string reason = "as agreed") =>
        StandingMachine.Operator(Policy, kind, new() { Standing = from, Since = Now.AddDays(-1), WindowsFrom = Now.AddDays(-9), OperatorStanding = from }, to, reason, Now);

    [Theory]
    [InlineData(Standing.Pending, Standing.Active, "activate", false)]
    [InlineData(Standing.Pending, Standing.Suspended, "suspend", false)]
    [InlineData(Standing.Pending, Standing.Terminated, "terminate", false)]
    [InlineData(Standing.Active, Standing.Warned, "warn", false)]
    [InlineData(Standing.Active, Standing.Suspended, "suspend", false)]
    [InlineData(Standing.Active, Standing.Terminated, "terminate", false)]
    [InlineData(Standing.Warned, Standing.Active, "reinstate", true)]
    [InlineData(Standing.Warned, Standing.Suspended, "suspend", false)]
    [InlineData(Standing.Warned, Standing.Terminated, "terminate", false)]
    [InlineData(Standing.Suspended, Standing.Active, "reinstate", true)]
    [InlineData(Standing.Suspended, Standing.Warned, "warn", true)]
    [InlineData(Standing.Suspended, Standing.Terminated, "terminate", false)]
    public void Operator_allowed_transition_changes(Standing from, Standing to, string action, bool restarts)
    {
        var change = Assert.IsType<Verdict.Change>(Operator(from, to));

        Assert.Equal((to, action, "operator", restarts), (change.To, change.Action, change.Clause, change.RestartWindows));
        Assert.Equal((to, Now, to), (change.Next.Standing, change.Next.Since, change.Next.OperatorStanding));
        Assert.Equal(restarts ? Now : Now.AddDays(-9), change.Next.WindowsFrom);
    }

    [Theory]
    [InlineData(Standing.Pending, Standing.Warned, "pending-sends-nothing")]
    [InlineData(Standing.Active, Standing.Pending, "pending-is-the-beginning")]
    [InlineData(Standing.Warned, Standing.Pending, "pending-is-the-beginning")]
    [InlineData(Standing.Suspended, Standing.Pending, "pending-is-the-beginning")]
    [InlineData(Standing.Terminated, Standing.Pending, "terminated-is-final")]
    [InlineData(Standing.Terminated, Standing.Active, "terminated-is-final")]
    [InlineData(Standing.Terminated, Standing.Warned, "terminated-is-final")]
    [InlineData(Standing.Terminated, Standing.Suspended, "terminated-is-final")]
    public void Operator_forbidden_transition_is_refused(Standing from, Standing to, string clause) =>
        Assert.Equal(clause, Assert.IsType<Verdict.Refused>(Operator(from, to)).Clause);

    [Theory]
    [InlineData(Standing.Pending)]
    [InlineData(Standing.Active)]
    [InlineData(Standing.Warned)]
    [InlineData(Standing.Suspended)]
    [InlineData(Standing.Terminated)]
    public void Operator_what_is_so_already_stays(Standing standing) => Assert.IsType<Verdict.Stay>(Operator(standing, standing));

    [Fact]
    public void Operator_every_pair_is_decided()
    {
        foreach (var kind in Enum.GetValues<SubjectKind>())
        {
            foreach (var from in Enum.GetValues<Standing>())
            {
                foreach (var to in Enum.GetValues<Standing>())
                {
                    Assert.False(from == Standing.Terminated && Operator(from, to, kind) is Verdict.Change, $"{kind} returned from the dead");
                }
            }
        }
    }

    [Theory]
    [InlineData("", "reason-required")]
    [InlineData("  ", "reason-required")]
    public void Operator_without_a_reason_is_refused(string reason, string clause) =>
        Assert.Equal(clause, Assert.IsType<Verdict.Refused>(Operator(Standing.Active, Standing.Suspended, reason: reason)).Clause);

    [Fact]
    public void Operator_reason_of_a_novel_is_refused() =>
        Assert.Equal("reason-too-long", Assert.IsType<Verdict.Refused>(Operator(Standing.Active, Standing.Suspended, reason: new('x', 1001))).Clause);

    [Fact]
    public void Operator_domain_is_never_terminated()
    {
        Assert.Equal("domains-are-not-ours", Assert.IsType<Verdict.Refused>(Operator(Standing.Active, Standing.Terminated, SubjectKind.Domain)).Clause);
        Assert.IsType<Verdict.Change>(Operator(Standing.Active, Standing.Terminated, SubjectKind.Ip));
    }

    [Fact]
    public void Operator_warning_a_warned_tenant_keeps_its_cure()
    {
        var state = new StandingState { Standing = Standing.Warned, Since = Now, CureDue = Now.AddHours(48), WarnedClause = "complaint-warning" };

        var change = Assert.IsType<Verdict.Change>(StandingMachine.Operator(Policy, SubjectKind.Tenant, state, Standing.Warned, "we mean it", Now.AddHours(1)));

        Assert.Equal((Now.AddHours(48), "complaint-warning", Now), (change.CureDue!.Value, change.Next.WarnedClause, change.Next.Since));
    }

    [Fact]
    public void Operator_suspensions_dont_count_as_repeats()
    {
        var change = Assert.IsType<Verdict.Change>(Operator(Standing.Active, Standing.Suspended));

        Assert.Empty(change.Next.Suspensions);
    }

    [Fact]
    public void Initial_vetting_makes_tenants_pending_and_nothing_else()
    {
        var vetted = Policy with { VettingRequired = true };

        Assert.Equal(Standing.Pending, StandingState.Initial(vetted, SubjectKind.Tenant, Now).Standing);
        Assert.Equal(Standing.Active, StandingState.Initial(vetted, SubjectKind.Ip, Now).Standing);
        Assert.Equal(Standing.Active, StandingState.Initial(Policy, SubjectKind.Tenant, Now).Standing);
    }

    [Fact]
    public void StandingState_survives_json()
    {
        var state = new StandingState { Standing = Standing.Suspended, Since = Now, CureDue = Now.AddHours(2), WarnedClause = "ip-blocks", WindowsFrom = Now, Suspensions = [Now], Events = [new("1", "verdict.spam", Now)], Noted = [new("x", Now)], Warnings = [Now] };

        var read = JsonSerializer.Deserialize<StandingState>(JsonSerializer.Serialize(state))!;

        Assert.Equal(state.Suspensions, read.Suspensions);
        Assert.Equal(JsonSerializer.Serialize(state), JsonSerializer.Serialize(read));
    }

    [Fact]
    public void StandingState_of_before_conditions_is_read()
    {
        var read = JsonSerializer.Deserialize<StandingState>("""{"Standing":3,"Since":"2026-03-01T12:00:00+00:00","WarnedClause":"complaint-cutoff","Suspensions":["2026-03-01T12:00:00+00:00"]}""")!;

        Assert.Equal((StandingConditions.None, SuspensionStage.None, null), (read.Conditions, read.Stage, read.NextDue));
        Assert.Empty(read.Events);
    }

    [Fact]
    public void Default_policy_names_only_its_windows()
    {
        Assert.All(Enum.GetValues<SubjectKind>().SelectMany(Policy.Clauses), c => Assert.Contains(Policy.Windows, w => w.Name == c.Window));
    }
}
