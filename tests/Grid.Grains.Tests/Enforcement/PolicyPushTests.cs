using Grid.Contracts.Admission;
using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Enforcement;
using Grid.Grains.Tests.Beds;
using static Grid.Grains.Tests.Beds.Records;

namespace Grid.Grains.Tests.Enforcement;

/// <summary>That a pushed policy is in force when the push completes, for whom it is meant, and stays so.</summary>
public sealed class PolicyPushTests
{
    /// <summary>As the default, with a cutoff of 1 % and no warning.</summary>
    private static readonly EnforcementPolicy Lenient = With(new(1, 100));

    /// <summary>As the default, with a cutoff of 0.05 % and no warning.</summary>
    private static readonly EnforcementPolicy Strict = With(new(5, 10_000));

    [Fact]
    public async Task Push_a_lower_threshold_suspends_who_is_above_it_before_it_completes()
    {
        await using var bed = await StartAsync();
        await CountAsync(bed, "above", 10_000, 6);
        await CountAsync(bed, "at", 10_000, 5);
        await PushAsync(bed, "strict");

        Assert.Equal(Standing.Suspended, (await bed.Get<ILedger>().StandingAsync(Subject.Tenant("above")))!.Standing);
        Assert.Null(await bed.Get<ILedger>().StandingAsync(Subject.Tenant("at")));
        var view = await bed.TenantGrain("above").View();
        Assert.Equal(("default", 2, "complaint-cutoff"), (view.Policy, view.PolicyVersion, view.LastDecision!.Clause));
        Assert.Equal((2, (await bed.Grains.GetGrain<IPolicyGrain>("default").Version(2))!.Hash), (view.LastDecision.PolicyVersion, view.LastDecision.PolicyHash));
        Assert.Equal(2, (await bed.TenantGrain("at").View()).PolicyVersion);
    }

    [Fact]
    public async Task Push_is_on_the_ledger_with_who_why_and_hash()
    {
        await using var bed = await StartAsync();
        var pushed = await PushAsync(bed, "strict");
        var decisions = await bed.Get<ILedger>().ReadAsync(Subject.Policy("default"), null, 10);
        Assert.Equal([("push", 2, "operator", "a test"), ("push", 1, "grid", "it comes with this version of the grid")], decisions.Select(d => (d.Action, d.PolicyVersion, d.By, d.Reason)));
        Assert.Equal(pushed.Current.Hash, decisions[0].PolicyHash);
        Assert.All(decisions, decision => Assert.Equal(DecisionKind.Push, decision.Kind));
    }

    [Fact]
    public async Task Push_refusals_name_the_version_that_they_are_by()
    {
        await using var bed = await StartAsync();
        await PutAsync(bed, "acme", "default");
        await CountAsync(bed, "acme", 10_000, 6);
        await PushAsync(bed, "strict");
        var refused = await bed.TenantGrain().Acquire(bed.Reference(new Holder()), PermitKind.Submit, 1, 0);
        Assert.Equal(("suspended", "default", 2, "complaint-cutoff"), (refused.Refusal!.State, refused.Refusal.Policy, refused.Refusal.PolicyVersion, refused.Refusal.Clause));
    }

    [Fact]
    public async Task Push_leaves_who_is_under_another_policy()
    {
        await using var bed = await StartAsync();
        await bed.Grains.GetGrain<IPolicyGrain>("own").Push(Draft("lenient"));
        await PutAsync(bed, "other", "own");
        await CountAsync(bed, "other", 10_000, 60);
        await CountAsync(bed, "acme", 10_000, 0);
        await PushAsync(bed, "strict");

        Assert.Equal((Standing.Active, "own", 1), Shown(await bed.TenantGrain("other").View()));
        await bed.TenantGrain("other").Apply(Batch(bed.Now, 0, 10, Complaints(41)));
        Assert.Equal((Standing.Suspended, "own", 1), Shown(await bed.TenantGrain("other").View()));
    }

    [Fact]
    public async Task Put_a_tenant_under_another_policy_judges_it_by_that()
    {
        await using var bed = await StartAsync();
        await bed.Grains.GetGrain<IPolicyGrain>("own").Push(Draft("strict"));
        await CountAsync(bed, "acme", 10_000, 6);
        Assert.Equal((Standing.Active, "default", 1), Shown(await bed.TenantGrain().View()));
        await PutAsync(bed, "acme", "own");
        Assert.Equal((Standing.Suspended, "own", 1), Shown(await bed.TenantGrain().View()));
    }

    [Fact]
    public async Task Put_a_new_tenant_is_pending_where_its_policy_vets_and_stays_so_over_a_restart()
    {
        var options = Options();
        await using var bed = await GridBed.StartAsync(options);
        await bed.Grains.GetGrain<IPolicyGrain>("vetted").Push(Draft("vetted"));
        await PutAsync(bed, "new", "vetted");
        await PutAsync(bed, "old", "default");
        await PutAsync(bed, "old", "vetted");
        Assert.Equal((Standing.Pending, Standing.Active), ((await bed.TenantGrain("new").View()).Standing, (await bed.TenantGrain("old").View()).Standing));
        await bed.KillAsync();

        await using var next = await GridBed.StartAsync(options);
        Assert.Equal((Standing.Pending, Standing.Active), ((await next.TenantGrain("new").View()).Standing, (await next.TenantGrain("old").View()).Standing));
    }

    [Fact]
    public async Task Push_is_in_force_for_who_wakes_later_and_after_a_kill()
    {
        var options = Options();
        await using var bed = await GridBed.StartAsync(options);
        await CountAsync(bed, "acme", 10_000, 6);
        await bed.TenantGrain().Save();
        await bed.DropAsync(bed.TenantGrain());
        await PushAsync(bed, "strict");
        await bed.KillAsync();

        await using var next = await GridBed.StartAsync(options);
        Assert.Equal((Standing.Suspended, "default", 2), Shown(await next.TenantGrain().View()));
        Assert.Single(await next.Get<ILedger>().ReadAsync(Subject.Tenant("acme"), null, 10));
    }

    [Fact]
    public async Task RollBack_the_earlier_version_is_in_force_and_the_next_push_takes_a_new_number()
    {
        await using var bed = await StartAsync();
        var policy = bed.Grains.GetGrain<IPolicyGrain>("default");
        await PushAsync(bed, "strict");
        Assert.Null(await policy.RollBack(9, "operator", "no such version"));
        Assert.Equal(1, (await policy.RollBack(1, "operator", "too strict"))!.Current.Version);

        await CountAsync(bed, "acme", 10_000, 10);
        Assert.Equal((Standing.Active, "default", 1), Shown(await bed.TenantGrain().View()));
        Assert.Equal(3, (await PushAsync(bed, "other")).Current.Version);
        Assert.Equal([3, 2, 1], (await policy.Versions(0, 10)).Select(v => v.Version));
        Assert.Equal([2], (await policy.Versions(3, 1)).Select(v => v.Version));
        Assert.Equal(["push", "rollback", "push", "push"], (await bed.Get<ILedger>().ReadAsync(Subject.Policy("default"), null, 10)).Select(d => d.Action));
    }

    [Fact]
    public async Task Push_the_same_text_again_changes_nothing()
    {
        await using var bed = await StartAsync();
        Assert.Equal(2, (await PushAsync(bed, "strict")).Current.Version);
        var again = await PushAsync(bed, "strict");
        Assert.Equal((2, 2), (again.Current.Version, again.Last));
        Assert.Equal(2, (await bed.Get<ILedger>().ReadAsync(Subject.Policy("default"), null, 10)).Count);
    }

    [Fact]
    public async Task Push_in_shadow_is_judged_and_shown_and_not_enforced()
    {
        await using var bed = await StartAsync();
        await CountAsync(bed, "acme", 10_000, 5);
        await PushAsync(bed, "strict", PolicyReach.Shadow);
        Assert.Empty(await bed.Get<ILedger>().ReadAsync(Subject.Tenant("acme"), null, 10));
        await bed.TenantGrain().Apply(Batch(bed.Now, 0, 10, Complaints(1)));
        await bed.TenantGrain().Apply(Batch(bed.Now, 0, 11, Complaints(1)));

        var shadow = Assert.Single(await bed.Get<ILedger>().ReadAsync(Subject.Tenant("acme"), null, 10));
        Assert.Equal((DecisionKind.Shadow, Standing.Suspended, 2, "complaint-cutoff"), (shadow.Kind, shadow.To, shadow.PolicyVersion, shadow.Clause));
        Assert.Equal(6, shadow.Figures.Single(f => f.Name == "complaints").Value);
        Assert.Equal((Standing.Active, "default", 1), Shown(await bed.TenantGrain().View()));

        await PushAsync(bed, "strict");
        Assert.Equal((Standing.Suspended, "default", 2), Shown(await bed.TenantGrain().View()));
    }

    [Fact]
    public async Task EndTrial_a_shadow_is_judged_no_more()
    {
        await using var bed = await StartAsync();
        await CountAsync(bed, "acme", 10_000, 5);
        await PushAsync(bed, "strict", PolicyReach.Shadow);
        Assert.True(await bed.Grains.GetGrain<IPolicyGrain>("default").EndTrial("operator", "enough seen"));
        Assert.False(await bed.Grains.GetGrain<IPolicyGrain>("default").EndTrial("operator", "enough seen"));
        await bed.TenantGrain().Apply(Batch(bed.Now, 0, 10, Complaints(1)));
        Assert.Empty(await bed.Get<ILedger>().ReadAsync(Subject.Tenant("acme"), null, 10));
    }

    [Fact]
    public async Task Push_to_a_share_reaches_that_share_and_a_larger_one_contains_it()
    {
        await using var bed = await StartAsync();
        var tenants = Enumerable.Range(0, 200).Select(n => $"t{n}").ToList();
        foreach (var tenant in tenants)
        {
            await PutAsync(bed, tenant, "default");
        }

        await PushAsync(bed, "strict", PolicyReach.Share, 2_000);
        var few = await UnderTrialAsync();
        await PushAsync(bed, "strict", PolicyReach.Share, 6_000);
        var many = await UnderTrialAsync();
        Assert.InRange(few.Count, 20, 60);
        Assert.InRange(many.Count, 95, 145);
        Assert.Subset(many.ToHashSet(), few.ToHashSet());
        Assert.Equal((1, 2), ((await bed.Grains.GetGrain<IPolicyGrain>("default").Find())!.Current.Version, (await bed.Grains.GetGrain<IPolicyGrain>("default").Find())!.Trial!.Version));
        await PushAsync(bed, "strict");
        Assert.Equal(200, (await UnderTrialAsync()).Count);

        async Task<List<string>> UnderTrialAsync()
        {
            var found = new List<string>();
            foreach (var tenant in tenants)
            {
                if ((await bed.TenantGrain(tenant).View()).PolicyVersion == 2)
                {
                    found.Add(tenant);
                }
            }

            return found;
        }
    }

    [Fact]
    public async Task Push_what_is_extended_is_kept_as_it_was()
    {
        var options = Options();
        await using var bed = await GridBed.StartAsync(options);
        var own = bed.Grains.GetGrain<IPolicyGrain>("own");
        var (reading, parents) = PolicyTexts.Read(bed.Get<ScriptedPolicies>(), "own", "extends default", name => name == "default" ? new(name, 1, "lenient") : null);
        Assert.IsType<PolicyReading.Done>(reading);
        await own.Push(Draft("extends default") with { Parents = parents });
        await PushAsync(bed, "strict");
        await PutAsync(bed, "acme", "own");
        await CountAsync(bed, "acme", 10_000, 60);
        Assert.Equal((Standing.Active, "own", 1), Shown(await bed.TenantGrain().View()));
        Assert.Equal("lenient", Assert.Single((await own.Version(1))!.Parents).Text);
    }

    [Theory]
    [InlineData("policy-intent")]
    [InlineData("policy-version")]
    [InlineData("AppendAsync")]
    [InlineData("policy")]
    public async Task Push_that_breaks_off_is_completed_by_whoever_comes_next_or_never_was(string step)
    {
        var options = Options();
        await using var bed = await GridBed.StartAsync(options);
        await bed.Grains.GetGrain<IPolicyGrain>("default").Find();
        bed.Break(step);
        await Assert.ThrowsAnyAsync<Exception>(() => PushAsync(bed, "strict"));
        await bed.KillAsync();

        await using var next = await GridBed.StartAsync(options);
        var found = (await next.Grains.GetGrain<IPolicyGrain>("default").Find())!;
        var pushes = (await next.Get<ILedger>().ReadAsync(Subject.Policy("default"), null, 10)).Select(d => d.PolicyVersion);
        Assert.Equal(step == "policy-intent" ? 1 : 2, found.Current.Version);
        Assert.Equal(step == "policy-intent" ? [1] : [2, 1], pushes);
        Assert.Empty((await next.Get<ILedger>().VerifyAsync()).Faults);
    }

    [Fact]
    public async Task Start_with_another_built_in_text_makes_a_version_unless_an_operator_pushed_one()
    {
        var options = Options();
        await using var first = await GridBed.StartAsync(options);
        Assert.Equal(1, (await first.TenantGrain().View()).PolicyVersion);
        await first.KillAsync();

        options = options with { BuiltIn = "strict" };
        await using var second = await GridBed.StartAsync(options);
        Assert.Equal(2, (await second.TenantGrain().View()).PolicyVersion);
        await PushAsync(second, "other");
        await second.KillAsync();

        await using var third = await GridBed.StartAsync(options with { BuiltIn = "lenient" });
        Assert.Equal(3, (await third.TenantGrain().View()).PolicyVersion);
    }

    [Fact]
    public async Task SetOverride_holds_for_that_tenant_alone_is_on_the_ledger_and_outlives_pushes_and_kills()
    {
        var options = Options();
        await using var bed = await GridBed.StartAsync(options);
        await PutAsync(bed, "acme", "default");
        await PutAsync(bed, "other", "default");
        Assert.True(await bed.TenantGrain().SetOverride(new("complaint-cutoff", 0.002m, bed.Now, "operator", "a known newsletter")));
        await CountAsync(bed, "acme", 10_000, 20);
        await CountAsync(bed, "other", 10_000, 20);
        await PushAsync(bed, "strict");
        Assert.Equal((Standing.Active, Standing.Suspended), ((await bed.TenantGrain().View()).Standing, (await bed.TenantGrain("other").View()).Standing));
        Assert.True((await bed.TenantGrain().Readings()).Single().IsOverridden);
        await bed.TenantGrain().Save();
        await bed.KillAsync();

        await using var next = await GridBed.StartAsync(options);
        Assert.Equal(0.002m, (await next.TenantGrain().Readings()).Single().Threshold);
        Assert.False(await next.TenantGrain().EndOverride("bounce-cutoff", "operator", "there is none"));
        Assert.True(await next.TenantGrain().EndOverride("complaint-cutoff", "operator", "no longer"));
        Assert.Equal(Standing.Suspended, (await next.TenantGrain().View()).Standing);
        Assert.Equal(["suspend", "end-override", "override"], (await next.Get<ILedger>().ReadAsync(Subject.Tenant("acme"), null, 10)).Select(d => d.Action));
    }

    [Fact]
    public async Task SetOverride_a_waived_clause_is_not_judged()
    {
        await using var bed = await StartAsync();
        await PutAsync(bed, "acme", "default");
        await bed.TenantGrain().SetOverride(new("complaint-cutoff", null, bed.Now, "operator", "a test"));
        await CountAsync(bed, "acme", 10_000, 9_000);
        Assert.Equal(Standing.Active, (await bed.TenantGrain().View()).Standing);
        Assert.Empty(await bed.TenantGrain().Readings());
    }

    private static BedOptions Options() => new()
    {
        BuiltIn = "lenient",
        Policies = new()
        {
            ["lenient"] = Lenient,
            ["strict"] = Strict,
            ["other"] = Lenient,
            ["vetted"] = Lenient with { VettingRequired = true },
        },
    };

    private static Task<GridBed> StartAsync() => GridBed.StartAsync(Options());

    private static PolicyDraft Draft(string text, PolicyReach reach = PolicyReach.All, int share = 0) => new(text, "text/plain", [], "operator", "a test", reach, share);

    private static async Task<PolicyInForce> PushAsync(GridBed bed, string text, PolicyReach reach = PolicyReach.All, int share = 0) =>
        await bed.Grains.GetGrain<IPolicyGrain>("default").Push(Draft(text, reach, share));

    private static async Task PutAsync(GridBed bed, string tenant, string policy) =>
        await bed.TenantGrain(tenant).Put(new(tenant, policy, "default", null, new(), [$"{tenant}.example"]));

    /// <summary>The tenant's counters, from nothing.</summary>
    private static async Task CountAsync(GridBed bed, string tenant, long delivered, long complaints)
    {
        await bed.TenantGrain(tenant).Apply(Batch(bed.Now, 0, 1, Delivered(delivered)));
        await bed.TenantGrain(tenant).Apply(Batch(bed.Now, 0, 2, Complaints(complaints)));
    }

    private static (Standing Standing, string Policy, int Version) Shown(AccountView view) => (view.Standing, view.Policy, view.PolicyVersion);

    private static EnforcementPolicy With(Ratio cutoff) => EnforcementPolicy.Default with
    {
        Tenant = [EnforcementPolicy.Default.Tenant[0] with { Threshold = cutoff }],
    };
}
