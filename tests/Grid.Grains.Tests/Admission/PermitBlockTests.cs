using Grid.Contracts.Admission;
using Grid.Core.Vocabulary;
using Grid.Grains.Admission;

namespace Grid.Grains.Tests.Admission;

/// <summary>The block alone: time in ticks of a second of 1,000.</summary>
public sealed class PermitBlockTests
{
    private const long Second = 1000;

    private int _asked;

    [Fact]
    public void TryUse_block_at_its_deadline_is_void_and_goes_back()
    {
        var block = Block();
        Assert.False(block.TryUse(0));
        Give(block, 10, TimeSpan.FromSeconds(2), askedAt: 0);
        Assert.True(block.TryUse(1999));
        Assert.False(block.TryUse(2000));
        Assert.Equal((64, 9), block.StartAsking(0));
    }

    [Fact]
    public void TryUse_more_than_there_is_takes_none()
    {
        var block = Block();
        Give(block, 10, TimeSpan.FromSeconds(10));
        Assert.False(block.TryUse(0, 11));
        Assert.True(block.TryUse(0, 10));
        Assert.False(block.TryUse(0));
    }

    [Fact]
    public void TryUse_while_a_request_is_under_way_asks_once()
    {
        var block = Block();
        Assert.False(block.TryUse(0));
        Assert.False(block.TryUse(0));
        Assert.Equal(1, _asked);
        Give(block, 1, TimeSpan.FromSeconds(1));
        Assert.True(block.TryUse(0));
        Assert.False(block.TryUse(0));
        Assert.Equal(2, _asked);
    }

    [Fact]
    public void TryUse_large_block_a_quarter_left_is_renewed_before_it_is_dry()
    {
        var block = Block();
        Give(block, 64, TimeSpan.FromSeconds(10));
        for (var used = 0; used < 47; used++)
        {
            Assert.True(block.TryUse(0));
        }

        Assert.Equal(0, _asked);
        Assert.True(block.TryUse(0));
        Assert.Equal(1, _asked);
        Assert.Equal((128, 0), block.StartAsking(0));
    }

    [Fact]
    public void TryUse_small_block_is_not_renewed_before_it_is_dry()
    {
        var block = Block();
        Give(block, 8, TimeSpan.FromSeconds(10));
        for (var used = 0; used < 8; used++)
        {
            Assert.True(block.TryUse(0));
        }

        Assert.Equal(0, _asked);
    }

    [Fact]
    public void Receive_calls_each_waiter_once()
    {
        var block = Block();
        var called = new int[2];
        Assert.False(block.TryUse(0, 1, () => called[0]++));
        Assert.False(block.TryUse(0, 1, () => called[1]++));
        Assert.Equal([0, 0], called);
        Give(block, 1, TimeSpan.FromSeconds(1));
        Give(block, 1, TimeSpan.FromSeconds(1));
        Assert.Equal([1, 1], called);
    }

    [Fact]
    public void Receive_refusal_keeps_waiters_until_it_reopens()
    {
        var block = Block();
        var called = 0;
        Assert.False(block.TryUse(0, 1, () => called++));
        Call(block.Receive(Refusal(epoch: 1), 0, Second));
        Assert.Equal(0, called);
        Assert.Equal(Timeout.InfiniteTimeSpan, block.RetryAfter);
        Assert.Equal("suspended", block.Refusal!.State);
        Assert.False(block.TryUse(0));
        Assert.Equal(1, _asked);

        Call(block.Reopen(asked: false));
        Assert.Equal(1, called);
        Assert.False(block.TryUse(0));
        Assert.Equal(2, _asked);
    }

    [Fact]
    public void Receive_paced_block_sends_the_old_one_back()
    {
        var block = Block();
        Give(block, 10, TimeSpan.FromMilliseconds(250), askedAt: 0);
        Assert.True(block.TryUse(0, 4));
        Give(block, 5, TimeSpan.FromMilliseconds(250), askedAt: 100);
        Assert.Equal(6, block.StartAsking(0).Unused);
        Assert.True(block.TryUse(349, 5));
        Assert.False(block.TryUse(349));
    }

    [Fact]
    public void Receive_unpaced_block_adds_to_the_old_one()
    {
        var block = Block();
        Give(block, 10, TimeSpan.FromSeconds(10));
        Give(block, 5, TimeSpan.FromSeconds(10));
        Assert.True(block.TryUse(0, 15));
        Assert.Equal(0, block.StartAsking(0).Unused);
    }

    [Fact]
    public void Revoke_voids_what_is_held_and_calls_waiters()
    {
        var block = Block();
        var called = 0;
        Give(block, 10, TimeSpan.FromSeconds(10), epoch: 7);
        Assert.False(block.TryUse(0, 11, () => called++));
        Call(block.Revoke(7));
        Assert.Equal(1, called);
        Assert.False(block.TryUse(0));
        Assert.Equal(10, block.StartAsking(0).Unused);
    }

    [Fact]
    public void Revoke_voids_a_grant_that_is_under_way()
    {
        var block = Block();
        Assert.False(block.TryUse(0));
        block.Revoke(7);
        Give(block, 10, TimeSpan.FromSeconds(10), epoch: 7);
        Assert.False(block.TryUse(0));
        Assert.Equal(10, block.StartAsking(0).Unused);
        Give(block, 10, TimeSpan.FromSeconds(10), epoch: 8);
        Assert.True(block.TryUse(0));
    }

    [Fact]
    public void Revoke_voids_a_refusal_that_is_under_way()
    {
        var block = Block();
        var called = 0;
        Assert.False(block.TryUse(0));
        block.Revoke(7);
        Assert.False(block.TryUse(0, 1, () => called++));
        Call(block.Receive(Refusal(epoch: 7), 0, Second));
        Assert.Equal(TimeSpan.Zero, block.RetryAfter);
        Assert.Null(block.Refusal);
        Assert.Equal(1, called);
    }

    [Fact]
    public void Revoke_voids_a_limit_of_connections_that_is_under_way()
    {
        var block = Block();
        Assert.False(block.TryUse(0));
        block.Revoke(7);
        Call(block.Receive(new(10, TimeSpan.FromSeconds(10), TimeSpan.Zero, null, 3, 2, "old", 8), 0, Second));
        Call(block.Receive(new(10, TimeSpan.FromSeconds(10), TimeSpan.Zero, null, 99, 98, "older", 7), 0, Second));
        Assert.Equal((3, 2, "old"), (block.MaxConnections, block.MaxMessagesPerConnection, block.Pool));
    }

    [Fact]
    public void GiveBack_permit_is_used_again_within_its_time()
    {
        var block = Block();
        Give(block, 1, TimeSpan.FromSeconds(10));
        Assert.True(block.TryUse(0));
        block.GiveBack(9999);
        Assert.True(block.TryUse(9999));
    }

    [Fact]
    public void GiveBack_permit_past_its_time_goes_to_the_owner()
    {
        var block = Block();
        Give(block, 1, TimeSpan.FromSeconds(10));
        Assert.True(block.TryUse(0));
        block.GiveBack(10_000);
        Assert.False(block.TryUse(10_000));
        Assert.Equal(1, block.StartAsking(0).Unused);
    }

    [Fact]
    public void GiveBack_permit_of_a_paced_block_goes_to_the_owner_and_one_untaken_does_not()
    {
        var block = Block();
        Give(block, 2, TimeSpan.FromMilliseconds(250));
        Assert.True(block.TryUse(0, 2));
        block.GiveBack(1);
        Assert.False(block.TryUse(1));
        block.Untake(1);
        Assert.True(block.TryUse(1));
        Assert.Equal(1, block.StartAsking(0).Unused);
    }

    [Fact]
    public void GiveBack_permit_that_was_revoked_goes_to_the_owner()
    {
        var block = Block();
        Give(block, 5, TimeSpan.FromSeconds(10), epoch: 1);
        Assert.True(block.TryUse(0, 3));
        block.Revoke(1);
        block.GiveBack(1, 3);
        Assert.False(block.TryUse(1));
        Assert.Equal(5, block.StartAsking(0).Unused);
    }

    [Fact]
    public void StartAsking_answer_that_falls_short_asks_for_less_and_one_in_full_for_more()
    {
        var block = Block();
        Assert.Equal(64, block.StartAsking(0).Wanted);
        Give(block, 64, TimeSpan.FromSeconds(10));
        Assert.Equal(128, block.StartAsking(0).Wanted);
        Give(block, 3, TimeSpan.FromSeconds(10));
        Assert.Equal(64, block.StartAsking(0).Wanted);
        Assert.False(block.TryUse(0, 5000));
        Assert.Equal(5000, block.StartAsking(0).Wanted);
    }

    [Fact]
    public void StartAsking_permits_of_a_day_are_given_back_on_that_day_only()
    {
        var block = Block();
        GiveOfDay(block, 10, returnWithin: 20);
        Assert.True(block.TryUse(0));
        Assert.False(block.TryUse(10 * Second));
        Assert.Equal(9, block.StartAsking(19_999).Unused);
        GiveOfDay(block, 10, returnWithin: 20);
        Assert.False(block.TryUse(10 * Second));
        Assert.Equal(0, block.StartAsking(20 * Second).Unused);
    }

    [Fact]
    public void Receive_permits_of_a_day_never_mix_with_the_next_days()
    {
        var block = Block();
        GiveOfDay(block, 10, returnWithin: 20);
        GiveOfDay(block, 5, returnWithin: 100, askedAt: 9 * Second);
        Assert.True(block.TryUse(9 * Second, 5));
        Assert.False(block.TryUse(9 * Second));
        Assert.Equal(10, block.StartAsking(10 * Second).Unused);
        GiveOfDay(block, 3, returnWithin: 10, askedAt: 10 * Second);
        GiveOfDay(block, 4, returnWithin: 100, askedAt: 21 * Second);
        Assert.True(block.TryUse(21 * Second, 4));
        Assert.Equal(0, block.StartAsking(21 * Second).Unused);
    }

    [Fact]
    public void GiveBack_permit_of_a_day_that_was_taken_up_is_lost_and_an_untaken_one_is_there_again()
    {
        var block = Block();
        GiveOfDay(block, 2, returnWithin: 20);
        Assert.True(block.TryUse(0));
        block.GiveBack(0);
        Assert.True(block.TryUse(0));
        Assert.False(block.TryUse(0));
        block.Untake(0);
        Assert.True(block.TryUse(0));
        Assert.Equal(0, block.StartAsking(0).Unused);
    }

    [Fact]
    public void Receive_answer_of_a_day_from_before_a_revocation_is_lost()
    {
        var block = Block();
        Call(block.Revoke(1));
        GiveOfDay(block, 10, returnWithin: 20);
        Assert.False(block.TryUse(0));
        Assert.Equal(0, block.StartAsking(0).Unused);
    }

    private static void GiveOfDay(PermitBlock block, int count, int returnWithin, long askedAt = 0) =>
        Call(block.Receive(new(count, TimeSpan.FromSeconds(10), TimeSpan.Zero, null, 0, 0, "", 1, TimeSpan.FromSeconds(returnWithin)), askedAt, Second));

    private PermitBlock Block() => new(PermitKind.Send, Subject.Tenant("acme"), _ => _asked++);

    private static void Give(PermitBlock block, int count, TimeSpan within, long askedAt = 0, long epoch = 1) =>
        Call(block.Receive(new(count, within, TimeSpan.Zero, null, 0, 0, "", epoch), askedAt, Second));

    private static PermitGrant Refusal(long epoch) =>
        new(0, TimeSpan.Zero, Timeout.InfiniteTimeSpan, new("suspended", "default", 1, "complaint-cutoff", "too many", []), 0, 0, "", epoch);

    private static void Call(IReadOnlyList<Action> waiters)
    {
        foreach (var waiter in waiters)
        {
            waiter();
        }
    }
}
