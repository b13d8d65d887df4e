using Grid.Contracts.Admission;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Tests.Beds;
using Grid.Testing;
using static Grid.Grains.Tests.Beds.Records;

namespace Grid.Grains.Tests.Enforcement;

/// <summary>That accounts judge themselves by the default policy, act on it at once, and never twice.</summary>
public sealed class StandingTests
{
    [Theory]
    [InlineData(10_000, 5, Standing.Active)]
    [InlineData(9_999, 5, Standing.Warned)]
    [InlineData(10_000, 6, Standing.Warned)]
    [InlineData(10_000, 10, Standing.Warned)]
    [InlineData(10_000, 11, Standing.Suspended)]
    [InlineData(999, 50, Standing.Active)]
    [InlineData(1_000, 4, Standing.Active)]
    [InlineData(1_000, 5, Standing.Suspended)]
    public async Task Apply_complaints_are_judged_strictly_above_and_at_the_floors(long delivered, long complaints, Standing expected)
    {
        await using var bed = await GridBed.StartAsync();
        await bed.TenantGrain().Apply(Batch(bed.Now, 0, 1, Delivered(delivered)));
        for (var i = 0; i < complaints; i++)
        {
            bed.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await bed.TenantGrain().Apply(Batch(bed.Now, 0, 2 + i, Complaints(1)));
        }

        var view = await bed.TenantGrain().View();
        Assert.Equal(expected, view.Standing);
        Assert.Equal((delivered, complaints), (view.Counters.Delivered, view.Counters.Complaints));
    }

    [Theory]
    [InlineData(180, 19, Standing.Active)]
    [InlineData(190, 10, Standing.Active)]
    [InlineData(189, 11, Standing.Warned)]
    [InlineData(180, 20, Standing.Warned)]
    [InlineData(179, 21, Standing.Suspended)]
    public async Task Apply_hard_bounces_are_judged_from_200_attempts_on(long delivered, long bounces, Standing expected)
    {
        await using var bed = await GridBed.StartAsync();
        await bed.TenantGrain().Apply(Batch(bed.Now, 0, 1, Delivered(delivered) + HardBounces(bounces)));
        Assert.Equal(expected, (await bed.TenantGrain().View()).Standing);
    }

    [Fact]
    public async Task Apply_eleventh_complaint_suspends_with_evidence()
    {
        await using var bed = await GridBed.StartAsync();
        await SuspendAsync(bed, 0);
        var decisions = await bed.Get<ILedger>().ReadAsync(Subject.Tenant(GridBed.Tenant), null, 10);
        Assert.Equal(["suspend", "warn"], decisions.Select(d => d.Action));
        var suspended = decisions[0];
        Assert.Equal(("complaint-cutoff", "grid", "default", 1), (suspended.Clause, suspended.By, suspended.Policy, suspended.PolicyVersion));
        Assert.Equal((Standing.Warned, Standing.Suspended), (suspended.From, suspended.To));
        Assert.Equal(10_000, suspended.Figures.Single(f => f.Name == "delivered").Value);
        Assert.Equal(11, suspended.Figures.Single(f => f.Name == "complaints").Value);
        Assert.Equal(0.0011m, suspended.Figures.Single(f => f.Name == "rate").Value);
        Assert.Equal(0.001m, suspended.Figures.Single(f => f.Name == "threshold").Value);
    }

    [Fact]
    public async Task Apply_several_thresholds_in_one_batch_and_instant_are_all_on_the_ledger()
    {
        await using var bed = await GridBed.StartAsync();
        await bed.TenantGrain().Apply(Batch(bed.Now, 0, 1, [Delivered(10_000), .. Enumerable.Repeat(Complaints(1), 11)]));
        Assert.Equal(Standing.Suspended, (await bed.TenantGrain().View()).Standing);
        var decisions = await bed.Get<ILedger>().ReadAsync(Subject.Tenant(GridBed.Tenant), null, 10);
        Assert.Equal(["suspend", "warn"], decisions.Select(d => d.Action));
        Assert.Equal(Standing.Suspended, (await bed.Get<ILedger>().StandingAsync(Subject.Tenant(GridBed.Tenant)))!.Standing);
    }

    [Fact]
    public async Task Apply_suspension_is_known_to_every_holder_before_it_returns()
    {
        await using var bed = await GridBed.StartAsync();
        await bed.PutTenantAsync();
        Holder one = new(), other = new();
        var epoch = (await bed.TenantGrain().Acquire(bed.Reference(one), PermitKind.Send, 64, 0)).Epoch;
        await bed.TenantGrain().Acquire(bed.Reference(other), PermitKind.Submit, 64, 0);
        await bed.TenantGrain().Apply(Batch(bed.Now, 0, 1, Delivered(1000), Complaints(5)));
        Assert.All(new[] { one, other }, holder => Assert.Equal([(Subject.Tenant(GridBed.Tenant), epoch, false)], holder.Changes));
        foreach (var kind in (PermitKind[])[PermitKind.Send, PermitKind.Submit])
        {
            var refused = await bed.TenantGrain().Acquire(bed.Reference(one), kind, 64, 0);
            Assert.Equal((0, Timeout.InfiniteTimeSpan, "suspended", "complaint-cutoff"), (refused.Count, refused.RetryAfter, refused.Refusal!.State, refused.Refusal.Clause));
            Assert.Contains("5 complaints of 1000 delivered", refused.Refusal.Words, StringComparison.Ordinal);
            Assert.True(refused.Epoch > epoch);
        }
    }

    [Fact]
    public async Task SetStanding_suspended_is_known_to_every_holder_before_it_returns()
    {
        await using var bed = await GridBed.StartAsync();
        await bed.PutTenantAsync();
        var holder = new Holder();
        await bed.TenantGrain().Acquire(bed.Reference(holder), PermitKind.Send, 64, 0);
        Assert.Null((await bed.TenantGrain().SetStanding(Standing.Suspended, "a test")).Refused);
        Assert.Single(holder.Changes);
    }

    [Fact]
    public async Task ReceiveReminder_warning_is_cured_after_48_hours()
    {
        await using var bed = await GridBed.StartAsync();
        await WarnAsync(bed);
        bed.Clock.Advance(TimeSpan.FromHours(48) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(Standing.Warned, (await bed.TenantGrain().View()).Standing);
        bed.Clock.Advance(TimeSpan.FromMilliseconds(2));
        await StandsAsync(bed.Get<ILedger>(), Subject.Tenant(GridBed.Tenant), Standing.Active);
        var view = await bed.TenantGrain().View();
        Assert.Equal((Standing.Active, "cure", "complaint-warning"), (view.Standing, view.LastDecision!.Action, view.LastDecision.Clause));
        Assert.Equal(0, view.Counters.Delivered);
        Assert.Null(view.CureDue);
        Assert.Empty(await bed.Get<IReminderStore>().ListAsync());
    }

    [Fact]
    public async Task ReceiveReminder_mail_after_the_warning_is_no_better_suspends()
    {
        await using var bed = await GridBed.StartAsync();
        await WarnAsync(bed);
        bed.Clock.Advance(TimeSpan.FromHours(2));
        await bed.TenantGrain().Apply(Batch(bed.Now, 0, 100, Delivered(10_000)));
        await bed.TenantGrain().Apply(Batch(bed.Now, 0, 101, Complaints(6)));
        Assert.Equal(Standing.Warned, (await bed.TenantGrain().View()).Standing);
        bed.Clock.Advance(TimeSpan.FromHours(46) + TimeSpan.FromMilliseconds(1));
        await StandsAsync(bed.Get<ILedger>(), Subject.Tenant(GridBed.Tenant), Standing.Suspended);
        Assert.Equal("complaint-warning", (await bed.TenantGrain().View()).LastDecision!.Clause);
    }

    [Fact]
    public async Task OnActivate_cure_fell_due_while_the_process_was_down_is_made_up_for()
    {
        await using var first = await GridBed.StartAsync();
        await WarnAsync(first);
        await first.StopAsync();
        first.Clock.Advance(TimeSpan.FromDays(3));
        await using var second = await GridBed.StartAsync(first.Options);
        second.Clock.Advance(TimeSpan.Zero);
        await StandsAsync(second.Get<ILedger>(), Subject.Tenant(GridBed.Tenant), Standing.Active);
        Assert.Equal("cure", (await second.TenantGrain().View()).LastDecision!.Action);
    }

    [Fact]
    public async Task OnActivate_killed_between_ledger_and_state_stands_as_the_ledger_says_and_decides_nothing_twice()
    {
        await using var first = await GridBed.StartAsync();
        await first.TenantGrain().Apply(Batch(first.Now, 0, 1, Delivered(1000)));
        await first.TenantGrain().Save();
        first.Clock.Advance(TimeSpan.FromSeconds(1));
        var stopped = new TaskCompletionSource();
        first.States.BeforeWrite = _ => stopped.Task;
        var applying = first.TenantGrain().Apply(Batch(first.Now, 1, 2, Complaints(5))).AsTask();
        await StandsAsync(first.Get<ILedger>(), Subject.Tenant(GridBed.Tenant), Standing.Suspended);
        await first.KillAsync();
        stopped.SetException(new StoreUnavailableException("killed"));
        await Assert.ThrowsAnyAsync<Exception>(() => applying);

        first.Clock.Advance(TimeSpan.FromSeconds(1));
        await using var second = await GridBed.StartAsync(first.Options);
        var view = await second.TenantGrain().View();
        Assert.Equal((Standing.Suspended, 0L), (view.Standing, view.Counters.Complaints));
        Assert.Equal(2, await second.TenantGrain().Apply(Batch(second.Now, 0, 1, Delivered(1000), Complaints(5))));
        view = await second.TenantGrain().View();
        Assert.Equal((Standing.Suspended, 1000L, 5L), (view.Standing, view.Counters.Delivered, view.Counters.Complaints));
        Assert.Equal(["suspend"], (await second.Get<ILedger>().ReadAsync(Subject.Tenant(GridBed.Tenant), null, 10)).Select(d => d.Action));
    }

    [Fact]
    public async Task OnActivate_killed_before_the_reminder_was_set_still_ends_the_rest()
    {
        await using var bed = await GridBed.StartAsync();
        bed.States.BeforeWrite = _ => throw new StoreUnavailableException("away");
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await bed.IpGrain().Apply(Batch(bed.Now, 0, 1, Delivered(94) + Blocks(6))));
        bed.States.BeforeWrite = _ => Task.CompletedTask;
        Assert.Equal(1, await bed.IpGrain().Apply(Batch(bed.Now, 0, 1, Delivered(94) + Blocks(6))));
        Assert.Equal(Standing.Suspended, (await bed.IpGrain().View()).Standing);
        for (var minute = 0; minute <= 2 * 60; minute++)
        {
            // Somebody asks all the time, so that the activation stays.
            await bed.IpGrain().View();
            bed.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await StandsAsync(bed.Get<ILedger>(), Subject.Ip(GridBed.Ip), Standing.Active);
        Assert.Equal(["resume", "rest"], (await bed.Get<ILedger>().ReadAsync(Subject.Ip(GridBed.Ip), null, 10)).Select(d => d.Action));
        Assert.Equal(1, (await bed.IpGrain().Acquire(bed.Reference(new()), PermitKind.Send, 1, 0)).Count);
    }

    [Fact]
    public async Task OnActivate_rest_known_from_the_ledger_only_ends_by_itself()
    {
        await using var first = await GridBed.StartAsync();
        var stopped = new TaskCompletionSource();
        first.States.BeforeWrite = _ => stopped.Task;
        var applying = first.IpGrain().Apply(Batch(first.Now, 0, 1, Delivered(94) + Blocks(6))).AsTask();
        await StandsAsync(first.Get<ILedger>(), Subject.Ip(GridBed.Ip), Standing.Suspended);
        await first.KillAsync();
        stopped.SetException(new StoreUnavailableException("killed"));
        await Assert.ThrowsAnyAsync<Exception>(() => applying);

        await using var second = await GridBed.StartAsync(first.Options);
        Assert.Equal(Standing.Suspended, (await second.IpGrain().View()).Standing);
        second.Clock.Advance(TimeSpan.FromHours(2) + TimeSpan.FromMilliseconds(1));
        await StandsAsync(second.Get<ILedger>(), Subject.Ip(GridBed.Ip), Standing.Active);
    }

    [Fact]
    public async Task OnActivate_suspension_that_was_saved_counts_once()
    {
        await using var bed = await GridBed.StartAsync();
        bed.Clock.Advance(TimeSpan.FromTicks(12_345));
        await bed.IpGrain().Apply(Batch(bed.Now, 0, 1, Delivered(94) + Blocks(6)));
        await bed.DropAsync(bed.IpGrain());
        var due = (await bed.IpGrain().View()).CureDue!.Value;
        Assert.Equal(bed.Now + TimeSpan.FromHours(2), due);
        bed.Clock.Advance(TimeSpan.FromHours(2) + TimeSpan.FromMilliseconds(1));
        await StandsAsync(bed.Get<ILedger>(), Subject.Ip(GridBed.Ip), Standing.Active);

        // The second rest of the IP is twice as long as the first, not four times.
        await bed.IpGrain().Apply(Batch(bed.Now, 0, 2, Delivered(94) + Blocks(6)));
        Assert.Equal(bed.Now + TimeSpan.FromHours(4), (await bed.IpGrain().View()).CureDue);
    }

    [Fact]
    public async Task OnActivate_killed_after_an_operators_reinstatement_to_warned_restarts_the_windows()
    {
        await using var bed = await GridBed.StartAsync();
        await SuspendAsync(bed, 0);
        bed.Clock.Advance(TimeSpan.FromHours(1));
        bed.States.BeforeWrite = _ => throw new Orleans.Storage.InconsistentStateException("lost");
        await Assert.ThrowsAsync<Orleans.Storage.InconsistentStateException>(async () => await bed.TenantGrain().SetStanding(Standing.Warned, "a second chance"));
        bed.States.BeforeWrite = _ => Task.CompletedTask;
        bed.Clock.Advance(TimeSpan.FromHours(1));
        await bed.TenantGrain().Apply(Batch(bed.Now, 0, 1000, Delivered(1)));
        var view = await bed.TenantGrain().View();
        Assert.Equal((Standing.Warned, 1L), (view.Standing, view.Counters.Delivered));
    }

    [Fact]
    public async Task Apply_second_suspension_within_90_days_terminates_and_nothing_undoes_that()
    {
        await using var bed = await GridBed.StartAsync();
        await bed.PutTenantAsync();
        await SuspendAsync(bed, 0);
        bed.Clock.Advance(TimeSpan.FromDays(89));
        await bed.TenantGrain().SetStanding(Standing.Active, "list was cleaned");
        var holder = new Holder();
        Assert.Equal(1, (await bed.TenantGrain().Acquire(bed.Reference(holder), PermitKind.Send, 1, 0)).Count);
        await SuspendAsync(bed, 100);

        var view = await bed.TenantGrain().View();
        Assert.Equal((Standing.Terminated, "terminate", "repeat-suspension"), (view.Standing, view.LastDecision!.Action, view.LastDecision.Clause));
        Assert.Equal([false, true], holder.Changes.Select(c => c.Ended));
        foreach (var standing in (Standing[])[Standing.Active, Standing.Warned, Standing.Suspended, Standing.Pending])
        {
            Assert.NotNull((await bed.TenantGrain().SetStanding(standing, "mercy")).Refused);
        }

        Assert.Equal("terminated", (await bed.TenantGrain().Acquire(bed.Reference(holder), PermitKind.Submit, 1, 0)).Refusal!.State);
        await bed.DropAsync(bed.TenantGrain());
        Assert.Equal("terminated", (await bed.TenantGrain().Acquire(bed.Reference(holder), PermitKind.Send, 1, 0)).Refusal!.State);
    }

    [Fact]
    public async Task Apply_second_suspension_after_90_days_suspends()
    {
        await using var bed = await GridBed.StartAsync();
        await SuspendAsync(bed, 0);
        bed.Clock.Advance(TimeSpan.FromDays(90) + TimeSpan.FromMinutes(1));
        await bed.TenantGrain().SetStanding(Standing.Active, "list was cleaned");
        await SuspendAsync(bed, 100);
        Assert.Equal(Standing.Suspended, (await bed.TenantGrain().View()).Standing);
    }

    [Fact]
    public async Task SetStanding_reinstatement_begins_the_windows_anew()
    {
        await using var bed = await GridBed.StartAsync();
        await SuspendAsync(bed, 0);
        bed.Clock.Advance(TimeSpan.FromHours(1));
        await bed.TenantGrain().SetStanding(Standing.Active, "list was cleaned");
        var view = await bed.TenantGrain().View();
        Assert.Equal((0L, 0L, bed.Now), (view.Counters.Delivered, view.Counters.Complaints, view.WindowFrom));

        // A complaint about mail of before still counts when it comes, but finds too little delivered to be judged.
        await bed.TenantGrain().Apply(Batch(bed.Now, 0, 100, Complaints(1)));
        Assert.Equal(Standing.Active, (await bed.TenantGrain().View()).Standing);
    }

    [Fact]
    public async Task ReceiveReminder_ip_rest_ends_by_itself_after_two_hours()
    {
        await using var bed = await GridBed.StartAsync();
        await bed.IpGrain().Apply(Batch(bed.Now, 0, 1, Delivered(95) + Blocks(5)));
        Assert.Equal(Standing.Active, (await bed.IpGrain().View()).Standing);
        await bed.IpGrain().Apply(Batch(bed.Now, 0, 2, Blocks(1)));
        Assert.Equal(Standing.Suspended, (await bed.IpGrain().View()).Standing);
        bed.Clock.Advance(TimeSpan.FromHours(2) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(Standing.Suspended, (await bed.IpGrain().View()).Standing);
        bed.Clock.Advance(TimeSpan.FromMilliseconds(2));
        await StandsAsync(bed.Get<ILedger>(), Subject.Ip(GridBed.Ip), Standing.Active);
        Assert.Equal(1, (await bed.IpGrain().Acquire(bed.Reference(new()), PermitKind.Send, 1, 0)).Count);
    }

    [Fact]
    public async Task SetLimits_domain_rate_is_in_force_and_revokes_what_was_given()
    {
        await using var bed = await GridBed.StartAsync();
        var holder = new Holder();
        var reference = bed.Reference(holder);
        Assert.Equal(4096, (await bed.DomainGrain().Acquire(reference, PermitKind.Send, 4096, 0)).Count);
        await bed.DomainGrain().SetLimits(new(MaxConnections: 3, MaxMessagesPerConnection: 7, MaxRate: "10/s;burst=10"));
        Assert.Single(holder.Changes);
        bed.Clock.Advance(TimeSpan.FromSeconds(1));
        var grant = await bed.DomainGrain().Acquire(reference, PermitKind.Send, 4096, 0);
        Assert.Equal((7, 3, 7), (grant.Count, grant.MaxConnections, grant.MaxMessagesPerConnection));
    }

    [Fact]
    public async Task Acquire_slow_rate_holds_over_a_kill()
    {
        await using var first = await GridBed.StartAsync();
        await first.DomainGrain().SetLimits(new(MaxRate: "1/h"));
        Assert.Equal(1, (await first.DomainGrain().Acquire(first.Reference(new()), PermitKind.Send, 5, 0)).Count);
        await first.KillAsync();
        await using var second = await GridBed.StartAsync(first.Options);
        second.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(0, (await second.DomainGrain().Acquire(second.Reference(new()), PermitKind.Send, 5, 0)).Count);
        second.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, (await second.DomainGrain().Acquire(second.Reference(new()), PermitKind.Send, 5, 0)).Count);
    }

    [Fact]
    public async Task Acquire_quota_holds_over_a_kill()
    {
        await using var first = await GridBed.StartAsync();
        await first.PutTenantAsync(limits: new(MessagesPerDay: 100));
        Assert.Equal(64, (await first.TenantGrain().Acquire(first.Reference(new()), PermitKind.Submit, 64, 0)).Count);
        await first.KillAsync();
        await using var second = await GridBed.StartAsync(first.Options);
        Assert.Equal(36, (await second.TenantGrain().Acquire(second.Reference(new()), PermitKind.Submit, 64, 0)).Count);
    }

    [Fact]
    public async Task Apply_ledger_away_decides_when_it_is_back_and_counts_once()
    {
        await using var bed = await GridBed.StartAsync();
        await bed.TenantGrain().Apply(Batch(bed.Now, 0, 1, Delivered(1000)));
        bed.LedgerControl.Before = _ => throw new StoreUnavailableException("away");
        var batch = Batch(bed.Now, 1, 2, Complaints(5));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await bed.TenantGrain().Apply(batch));
        bed.LedgerControl.Before = _ => { };
        Assert.Equal(2, await bed.TenantGrain().Apply(batch));
        var view = await bed.TenantGrain().View();
        Assert.Equal((Standing.Suspended, 5L), (view.Standing, view.Counters.Complaints));
        Assert.Single(await bed.Get<ILedger>().ReadAsync(Subject.Tenant(GridBed.Tenant), null, 10));
    }

    private static async Task WarnAsync(GridBed bed)
    {
        // Within a slot: what is counted in the slot in which the warning falls came before it.
        bed.Clock.Advance(TimeSpan.FromSeconds(1));
        await bed.TenantGrain().Apply(Batch(bed.Now, 0, 1, Delivered(10_000), Complaints(6)));
        Assert.Equal((Standing.Warned, bed.Now + TimeSpan.FromHours(48)), ((await bed.TenantGrain().View()).Standing, (await bed.TenantGrain().View()).CureDue));
    }

    private static async Task SuspendAsync(GridBed bed, long after)
    {
        await bed.TenantGrain().Apply(Batch(bed.Now, 0, after + 1, Delivered(10_000)));
        for (var i = 0; i < 11; i++)
        {
            bed.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await bed.TenantGrain().Apply(Batch(bed.Now, 0, after + 2 + i, Complaints(1)));
        }
    }

    private static Task StandsAsync(ILedger ledger, Subject subject, Standing standing) => Until.Async(
        () => ledger.StandingAsync(subject).AsTask().GetAwaiter().GetResult()?.Standing == standing, $"{subject} is {standing}");
}
