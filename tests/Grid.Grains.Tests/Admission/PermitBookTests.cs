using Grid.Contracts.Admission;
using Grid.Core.Vocabulary;
using Grid.Grains.Admission;
using Grid.Grains.Tests.Beds;
using Grid.Testing;

namespace Grid.Grains.Tests.Admission;

public sealed class PermitBookTests
{
    private static readonly Subject Acme = Subject.Tenant(GridBed.Tenant);

    [Fact]
    public async Task UseAsync_tenant_in_good_standing_is_given()
    {
        await using var bed = await GridBed.StartAsync();
        await bed.PutTenantAsync();
        var block = bed.Get<PermitBook>().Enter(PermitKind.Submit, Acme);
        Assert.True(await bed.Get<PermitBook>().UseAsync(block, 1, default));
        Assert.Null(block.Refusal);
        Assert.Equal("default", block.Pool);
    }

    [Fact]
    public async Task UseAsync_unknown_tenant_is_refused_as_unknown()
    {
        await using var bed = await GridBed.StartAsync();
        var block = bed.Get<PermitBook>().Enter(PermitKind.Submit, Subject.Tenant("nobody"));
        Assert.False(await bed.Get<PermitBook>().UseAsync(block, 1, default));
        Assert.Equal("unknown", block.Refusal!.State);
        Assert.Equal(Timeout.InfiniteTimeSpan, block.RetryAfter);
    }

    [Fact]
    public async Task UseAsync_suspended_tenant_is_refused_until_it_is_reinstated()
    {
        await using var bed = await GridBed.StartAsync();
        await bed.PutTenantAsync();
        var book = bed.Get<PermitBook>();
        var block = book.Enter(PermitKind.Submit, Acme);
        Assert.True(await book.UseAsync(block, 1, default));

        await bed.TenantGrain().SetStanding(Standing.Suspended, "a test");
        Assert.False(await book.UseAsync(block, 1, default));
        Assert.Equal(("suspended", "operator"), (block.Refusal!.State, block.Refusal.Clause));
        Assert.True(book.IsHeld(PermitKind.Submit, Acme));

        bed.Clock.Advance(TimeSpan.FromSeconds(1));
        await bed.TenantGrain().SetStanding(Standing.Active, "a test");
        Assert.False(book.IsHeld(PermitKind.Submit, Acme));
        Assert.True(await book.UseAsync(block, 1, default));
    }

    [Fact]
    public async Task UseAsync_quota_is_spent_says_when_to_retry()
    {
        await using var bed = await GridBed.StartAsync(new() { Collects = true });
        await bed.PutTenantAsync(limits: new(MessagesPerHour: 10));
        var book = bed.Get<PermitBook>();
        var block = book.Enter(PermitKind.Submit, Acme);
        Assert.True(await book.UseAsync(block, 10, default));
        Assert.False(await book.UseAsync(block, 1, default));
        Assert.Null(block.Refusal);

        // Hour and one slot of a minute: 2026-01-01 begins a slot.
        Assert.Equal(TimeSpan.FromMinutes(61), block.RetryAfter);
        bed.Clock.Advance(TimeSpan.FromMinutes(61) - TimeSpan.FromMilliseconds(1));
        Assert.False(await book.UseAsync(block, 1, default));
        bed.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await Until.Async(() => block.RetryAfter == TimeSpan.Zero, "the block opens again", () => bed.Clock.Advance(TimeSpan.FromMilliseconds(1)));
        Assert.True(await book.UseAsync(block, 10, default));
        Assert.False(await book.UseAsync(block, 1, default));
    }

    [Fact]
    public async Task UseAsync_many_at_once_of_a_tenant_without_quota_are_all_given()
    {
        await using var bed = await GridBed.StartAsync();
        await bed.PutTenantAsync();
        var book = bed.Get<PermitBook>();
        var block = book.Enter(PermitKind.Submit, Acme);
        var uses = Enumerable.Range(0, 3000).Select(_ => book.UseAsync(block, 1, default).AsTask()).ToList();
        Assert.Equal(3000, (await Task.WhenAll(uses)).Count(given => given));
    }

    [Fact]
    public async Task Acquire_owner_that_throws_is_asked_again_after_a_second()
    {
        await using var bed = await GridBed.StartAsync();
        await bed.PutTenantAsync();
        await bed.DropAsync(bed.TenantGrain());
        await bed.TenantGrain().SetStanding(Standing.Active, "so that the activation reads the ledger");
        await bed.DropAsync(bed.TenantGrain());
        var broken = 0;
        bed.States.BeforeWrite = _ => throw new Orleans.Storage.InconsistentStateException("drop");
        await Assert.ThrowsAsync<Orleans.Storage.InconsistentStateException>(async () => await bed.TenantGrain().Save());
        bed.LedgerControl.Before = method => throw new Core.Ports.StoreUnavailableException($"{method} {Interlocked.Increment(ref broken)}");
        var book = bed.Get<PermitBook>();
        var block = book.Enter(PermitKind.Send, Acme);
        var called = 0;
        Assert.False(block.TryUse(bed.Clock.GetTimestamp(), 1, () => Interlocked.Increment(ref called)));
        await Until.Async(() => Volatile.Read(ref broken) == 1, "the owner is asked");
        Assert.Equal(0, called);
        bed.LedgerControl.Before = _ => { };
        bed.States.BeforeWrite = _ => Task.CompletedTask;
        await Until.Async(() => Volatile.Read(ref called) == 1, "the waiter is called", () => bed.Clock.Advance(TimeSpan.FromMilliseconds(1)));
        Assert.True(await book.UseAsync(block, 1, default));
    }

    [Fact]
    public async Task Changed_of_a_terminated_tenant_says_that_it_ended()
    {
        await using var bed = await GridBed.StartAsync();
        await bed.PutTenantAsync();
        var book = bed.Get<PermitBook>();
        var ended = new List<Subject>();
        book.Ended += ended.Add;
        Assert.True(await book.UseAsync(book.Enter(PermitKind.Send, Acme), 1, default));
        await bed.TenantGrain().SetStanding(Standing.Terminated, "a test");
        Assert.Equal([Acme], ended);
    }

    [Fact]
    public async Task Acquire_terminated_before_this_process_began_says_that_it_ended()
    {
        await using var bed = await GridBed.StartAsync();
        await bed.PutTenantAsync();
        await bed.TenantGrain().SetStanding(Standing.Terminated, "a test");
        var book = bed.Get<PermitBook>();
        var ended = new List<Subject>();
        book.Ended += ended.Add;
        Assert.False(await book.UseAsync(book.Enter(PermitKind.Send, Acme), 1, default));
        Assert.Equal([Acme], ended);
    }

    [Fact]
    public async Task Forget_block_unused_for_ten_minutes_is_forgotten_and_one_in_use_is_not()
    {
        await using var bed = await GridBed.StartAsync();
        await bed.PutTenantAsync();
        var book = bed.Get<PermitBook>();
        var kept = book.Enter(PermitKind.Send, Acme);
        var left = book.Enter(PermitKind.Submit, Acme);
        book.Leave(left);
        Assert.True(await book.UseAsync(left, 1, default));
        bed.Clock.Advance(TimeSpan.FromMinutes(10));
        book.Forget();
        Assert.Same(left, book.Enter(PermitKind.Submit, Acme));
        book.Leave(left);
        bed.Clock.Advance(TimeSpan.FromTicks(1));
        book.Forget();
        Assert.NotSame(left, book.Enter(PermitKind.Submit, Acme));
        Assert.Same(kept, book.Enter(PermitKind.Send, Acme));
    }
}
