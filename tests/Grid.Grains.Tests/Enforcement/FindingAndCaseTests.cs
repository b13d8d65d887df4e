using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement;
using Grid.Core.Enforcement.Policies;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Tests.Beds;
using Grid.Testing;
using static Grid.Grains.Tests.Beds.Records;

namespace Grid.Grains.Tests.Enforcement;

/// <summary>Reports about a subject, the cases that they open, and what of it survives.</summary>
public sealed class FindingAndCaseTests
{
    /// <summary>Spam found by an operator suspends, the second strike within 30 days limits, and one leads to nothing.</summary>
    private static readonly EnforcementPolicy Policy = EnforcementPolicy.Default with
    {
        Tenant =
        [
            new("spam", ClauseMeasure.EventCount, "", new(0, 1), 0, 0, ClauseAction.Suspend, null, "spam suspends", "") { Signal = "verdict.spam", Over = TimeSpan.FromDays(30), Effects = ClauseEffects.Case },
            new("strikes", ClauseMeasure.EventCount, "", new(1, 1), 0, 0, ClauseAction.Limit, TimeSpan.FromHours(3), "the second strike limits", "") { Signal = "content.strike", Over = TimeSpan.FromDays(30) },
        ],
        Ladder = new() { LimitedRate = new(2, TimeSpan.FromMinutes(1), 1) },
    };

    [Fact]
    public async Task Report_a_verdict_is_judged_before_it_completes_and_opens_a_case()
    {
        await using var bed = await StartAsync();
        Assert.Equal(Standing.Suspended, (await bed.TenantGrain().Report(Finding(bed, "r1", "verdict.spam"))).Standing);
        var view = await bed.TenantGrain().View();
        Assert.Equal(("spam", "suspend", "a message to a trap"), (view.LastDecision!.Clause, view.LastDecision.Action, view.LastDecision.Evidence));
        var file = (await bed.Grains.GetGrain<ICaseGrain>(view.LastDecision.Case!).Find())!;
        Assert.Equal((Subject.Tenant("acme"), CaseKind.Standing, view.LastDecision.Id, null), (file.Subject, file.Kind, file.Decision, file.ClosedAt));
        Assert.Equal(["suspend", "verdict.spam"], (await bed.Get<ILedger>().ReadAsync(Subject.Tenant("acme"), null, 10)).Select(d => d.Action));
    }

    [Fact]
    public async Task Report_the_same_id_counts_once_also_over_a_kill()
    {
        await using var bed = await StartAsync();
        await bed.TenantGrain().Report(Finding(bed, "r1", "content.strike"));
        await bed.TenantGrain().Report(Finding(bed, "r1", "content.strike"));
        await bed.KillAsync();

        await using var next = await GridBed.StartAsync(bed.Options);
        await next.TenantGrain().Report(Finding(next, "r1", "content.strike"));
        Assert.Null((await next.TenantGrain().View()).LastDecision);
        await next.TenantGrain().Report(Finding(next, "r2", "content.strike"));
        var decision = (await next.TenantGrain().View()).LastDecision!;
        Assert.Equal(("limit", "strikes", Standing.Active, "limited"), (decision.Action, decision.Clause, decision.To, decision.ConditionAfter));
        Assert.Equal(3, (await next.Get<ILedger>().ReadAsync(Subject.Tenant("acme"), null, 10)).Count);
    }

    [Fact]
    public async Task Report_a_limit_slows_delivery_until_its_time_is_over_also_over_a_kill()
    {
        await using var bed = await StartAsync();
        await bed.TenantGrain().Put(new("acme", "default", "default", null, new(), ["example.net"]));
        await bed.TenantGrain().Report(Finding(bed, "r1", "content.strike"));
        await bed.TenantGrain().Report(Finding(bed, "r2", "content.strike"));
        bed.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(1, await GrantedAsync(bed));
        await bed.KillAsync();

        await using var next = await GridBed.StartAsync(bed.Options);
        await next.TenantGrain().View();
        next.Clock.Advance(TimeSpan.FromHours(3) - TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await GrantedAsync(next));
        next.Clock.Advance(TimeSpan.FromMilliseconds(2));
        await Until.Async(() => next.Get<ILedger>().StandingAsync(Subject.Tenant("acme")).AsTask().GetAwaiter().GetResult()!.LastDecision.Action == "cure", "the limit is over");
        Assert.Equal(64, await GrantedAsync(next));
    }

    [Fact]
    public async Task Report_killed_between_ledger_and_state_goes_on_from_the_whole_state_on_the_ledger()
    {
        await using var bed = await StartAsync();
        await bed.TenantGrain().Report(Finding(bed, "r1", "content.strike"));
        bed.States.BeforeWrite = id => id == bed.TenantGrain().GetGrainId() ? throw new StoreUnavailableException("died here") : Task.CompletedTask;
        await Assert.ThrowsAnyAsync<Exception>(async () => await bed.TenantGrain().Report(Finding(bed, "r2", "content.strike")));
        await bed.KillAsync();

        await using var next = await GridBed.StartAsync(bed.Options);
        Assert.Equal("limited", (await next.TenantGrain().View()).LastDecision!.ConditionAfter);
        next.Clock.Advance(TimeSpan.FromHours(3) + TimeSpan.FromMilliseconds(1));
        await Until.Async(() => next.Get<ILedger>().StandingAsync(Subject.Tenant("acme")).AsTask().GetAwaiter().GetResult()!.LastDecision.Action == "cure", "the limit is over");
        Assert.Equal(["cure", "limit"], (await next.Get<ILedger>().ReadAsync(Subject.Tenant("acme"), null, 10)).Where(d => d.Kind == DecisionKind.Transition).Select(d => d.Action));
    }

    [Fact]
    public async Task Report_killed_before_its_case_was_opened_opens_it_once_when_it_wakes()
    {
        await using var bed = await StartAsync();
        bed.Get<Intercepted<IRegistry>>().BeforeCall = (method, arguments) => _ = arguments is ["case", ..] && method == "WriteAsync" ? throw new StoreUnavailableException("died here") : 0;
        await Assert.ThrowsAnyAsync<Exception>(async () => await bed.TenantGrain().Report(Finding(bed, "r1", "verdict.spam")));
        await bed.KillAsync();

        await using var next = await GridBed.StartAsync(bed.Options);
        var id = (await next.TenantGrain().View()).LastDecision!.Case!;
        Assert.Single((await next.Grains.GetGrain<ICaseGrain>(id).Find())!.Notes);
        Assert.Single(await next.Get<ILedger>().ReadAsync(Subject.Case(id), null, 10));
    }

    [Fact]
    public async Task Close_needs_an_open_case_without_legal_hold_and_is_final()
    {
        await using var bed = await StartAsync();
        var file = bed.Grains.GetGrain<ICaseGrain>("c1");
        Assert.Null((await file.Close("resolved", "operator", "none")).File);
        await file.Open(new(Subject.Tenant("acme"), CaseKind.Operator, "look into it", null, bed.Now));
        await file.Add(new(bed.Now, "hold", "operator", "a court asks"));
        Assert.Contains("legal hold", (await file.Close("resolved", "operator", "done")).Refused, StringComparison.Ordinal);
        await file.Add(new(bed.Now, "release", "operator", "the court is done"));
        bed.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(("resolved", bed.Now), ((await file.Close("resolved", "operator", "done")).File!.Verdict, (await file.Find())!.ClosedAt));
        Assert.Contains("closed", (await file.Close("unfounded", "operator", "again")).Refused, StringComparison.Ordinal);
        Assert.Contains("closed", (await file.Add(new(bed.Now, "note", "operator", "late"))).Refused, StringComparison.Ordinal);
        Assert.Equal(["case-verdict", "case-release", "case-hold", "case-opened"], (await bed.Get<ILedger>().ReadAsync(Subject.Case("c1"), null, 10)).Select(d => d.Action));
    }

    [Fact]
    public async Task SetStage_only_of_who_is_suspended()
    {
        await using var bed = await StartAsync();
        Assert.NotNull((await bed.TenantGrain().SetStage(SuspensionStage.AwaitingAppeal, "looked into", "operator")).Refused);
        await bed.TenantGrain().Report(Finding(bed, "r1", "verdict.spam"));
        Assert.Null((await bed.TenantGrain().SetStage(SuspensionStage.AwaitingAppeal, "looked into", "operator")).Refused);
        var decision = (await bed.TenantGrain().View()).LastDecision!;
        Assert.Equal(("stage", "investigating", "awaitingAppeal"), (decision.Action, decision.ConditionBefore, decision.ConditionAfter));
    }

    [Fact]
    public async Task Readings_show_every_clause_in_its_own_window()
    {
        await using var bed = await GridBed.StartAsync(new() { Policy = EnforcementPolicy.Default });
        await bed.TenantGrain().Apply(Batch(bed.Now, 0, 1, Delivered(10_000), Complaints(4)));
        await bed.IpGrain().Apply(Batch(bed.Now, 0, 1, Delivered(94) + Blocks(4)));
        var tenant = (await bed.TenantGrain().Readings()).Single(r => r.Id == "complaint-cutoff");
        Assert.Equal((4, 10_000, 0.0004m, 0.001m, true, false), (tenant.Events, tenant.Volume, tenant.Rate, tenant.Threshold, tenant.IsCollecting, tenant.IsBreached));
        var ip = (await bed.IpGrain().Readings()).Single(r => r.Id == "ip-blocks");
        Assert.Equal(("1h", 4, 98, false), (ip.Window, ip.Events, ip.Volume, ip.IsBreached));
    }

    private static Task<GridBed> StartAsync() => GridBed.StartAsync(new() { Policy = Policy });

    private static FindingReport Finding(GridBed bed, string id, string signal) => new(id, signal, bed.Now, "operator", "a message to a trap", null, null, null);

    private static async Task<int> GrantedAsync(GridBed bed) => (await bed.TenantGrain().Acquire(bed.Reference(new Holder()), Contracts.Admission.PermitKind.Send, 64, 0)).Count;
}
