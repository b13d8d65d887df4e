using Grid.Core.Enforcement;
using Grid.Core.Enforcement.Policies;
using Grid.Core.Vocabulary;

namespace Grid.Core.Tests.Enforcement;

public sealed class ScopeRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly EnforcementClause OnCampaigns =
        new("stops", ClauseMeasure.EventCount, "", new(0, 1), 0, 0, ClauseAction.Suspend, null, "stops it", "") { Signal = "content.bad-link", Over = TimeSpan.FromDays(1), Part = PolicySubject.Campaign };

    [Theory]
    [InlineData("stream/bulk", true)]
    [InlineData("stream/transactional", true)]
    [InlineData("stream/other", false)]
    [InlineData("campaign/spring/2", true)]
    [InlineData("campaign/", false)]
    [InlineData("campaign/a\nb", false)]
    [InlineData("list/x", false)]
    [InlineData(null, false)]
    public void IsScope_knows_streams_and_campaigns(string? text, bool expected) => Assert.Equal(expected, ScopeRules.IsScope(text));

    [Fact]
    public void IsScope_names_have_at_most_100_characters() =>
        Assert.Equal((true, false), (ScopeRules.IsScope("campaign/" + new string('x', 100)), ScopeRules.IsScope("campaign/" + new string('x', 101))));

    [Fact]
    public void Operate_active_ends_what_grid_and_operator_set_and_a_report_alone_suspends_nothing()
    {
        var scopes = ScopeRules.Report([], "campaign/spring", "content.bad-link", null, Now)!;
        Assert.False(Assert.Single(scopes).IsSuspended);
        scopes = ScopeRules.Report(scopes, "campaign/spring", "content.bad-link", OnCampaigns, Now.AddHours(1))!;
        Assert.Equal((true, "stops", Now.AddHours(1)), (scopes[0].IsSuspended, scopes[0].Clause, scopes[0].Since));
        Assert.Equal(["content.bad-link"], scopes[0].Findings);
        scopes = ScopeRules.Operate(scopes, "campaign/spring", Standing.Suspended, "seen", Now)!;
        Assert.Equal((Standing.Suspended, Standing.Suspended), (scopes[0].Grid, scopes[0].Operator));
        Assert.Empty(ScopeRules.Operate(scopes, "campaign/spring", Standing.Active, "mended", Now)!);
    }

    [Fact]
    public void Report_of_the_201st_scope_is_refused_and_of_a_known_one_is_not()
    {
        var scopes = (IReadOnlyList<ScopeState>)[.. Enumerable.Range(0, ScopeRules.MaxScopes).Select(i => new ScopeState { Scope = $"campaign/{i}" })];
        Assert.Null(ScopeRules.Report(scopes, "campaign/more", "content.bad-link", null, Now));
        Assert.Null(ScopeRules.Operate(scopes, "campaign/more", Standing.Suspended, "x", Now));
        Assert.NotNull(ScopeRules.Report(scopes, "campaign/7", "content.bad-link", null, Now));
    }

    [Fact]
    public void Of_finds_the_messages_stream_and_campaign_by_their_whole_name()
    {
        ScopeState[] scopes = [new() { Scope = "stream/bulk" }, new() { Scope = "campaign/spring" }, new() { Scope = "campaign/springtime" }];
        Assert.Equal(["stream/bulk", "campaign/spring"], ScopeRules.Of(scopes, "bulk", "spring").Select(s => s.Scope));
        Assert.Equal(["campaign/springtime"], ScopeRules.Of(scopes, "transactional", "springtime").Select(s => s.Scope));
        Assert.Empty(ScopeRules.Of(scopes, "transactional", null));
    }

    [Fact]
    public void Clause_on_campaigns_acts_on_a_campaign_and_is_left_out_of_its_tenants_judgement()
    {
        var policy = EnforcementPolicy.Default with { Tenant = [OnCampaigns, .. EnforcementPolicy.Default.Tenant] };
        Assert.Equal("stops", ScopeRules.Suspends(policy, "campaign/spring", "content.bad-link")!.Id);
        Assert.Null(ScopeRules.Suspends(policy, "stream/bulk", "content.bad-link"));
        Assert.Null(ScopeRules.Suspends(policy, "campaign/spring", "content.phishing"));
        Assert.DoesNotContain(ScopeRules.Without(policy, "campaign/spring").Tenant, c => c.Id == "stops");
        Assert.Same(policy, ScopeRules.Without(policy, "stream/bulk"));
    }
}
