using Grid.Core.Counters;
using Grid.Core.Enforcement;
using Grid.Core.Vocabulary;
using Grid.Host.Policies;

namespace Grid.Host.Tests.Policies;

/// <summary>Tenants say whom the grid's own mail goes to: they must not be able to silence it.</summary>
public sealed class PlatformPolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Bounces_and_complaints_suspend_warn_and_limit_the_platforms_tenant_for_nothing()
    {
        var policy = BuiltInPolicies.Policy("platform")!;
        var counters = new RollingCounters(policy.Windows);
        counters.Add(Now, new(10_000, 5_000, 10_000, 5_000, 9_000, 9_000, 10_000, 5_000), Now);

        var verdict = StandingMachine.Judge(policy, SubjectKind.Tenant, StandingState.Initial(policy, SubjectKind.Tenant, Now), counters, Now, null);

        Assert.True(verdict is not Verdict.Change { Next.Standing: not Standing.Active }, $"{verdict}");
        Assert.All(policy.Tenant, clause => Assert.Equal(ClauseAction.Record, clause.Action));
    }
}
