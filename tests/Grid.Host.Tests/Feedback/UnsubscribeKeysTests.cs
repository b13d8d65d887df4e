using Grid.Core.Feedback;
using Grid.Host.Feedback;
using Grid.Testing;

namespace Grid.Host.Tests.Feedback;

public sealed class UnsubscribeKeysTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly UnsubscribeReference Ann = new("acme", new(7), 0, "ann@example.com");

    [Fact]
    public void Next_the_first_secret_is_made()
    {
        var made = UnsubscribeKeys.Next([], Start, static () => [1]);

        Assert.Equal((1, Start), (made.Single().Key[0], made[0].MadeAt));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 2)]
    public void Next_a_secret_is_replaced_after_ninety_days(int ticks, int count)
    {
        var kept = new[] { new DatedSecret([1], Start) };

        Assert.Equal(count, UnsubscribeKeys.Next(kept, Start + UnsubscribeKeys.ChangedAfter + TimeSpan.FromTicks(ticks), static () => [2]).Count);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 1)]
    public void Next_a_replaced_secret_reads_for_four_hundred_days(int ticks, int count)
    {
        var now = Start + UnsubscribeKeys.HeldFor + TimeSpan.FromTicks(ticks);
        var kept = new[] { new DatedSecret([3], now.AddDays(-1)), new DatedSecret([2], Start), new DatedSecret([1], Start.AddDays(-90)) };

        var next = UnsubscribeKeys.Next(kept, now, static () => [4]);

        // The one that the newest replaced is held from yesterday on, whatever its age.
        Assert.Equal(count + 1, next.Count);
        Assert.Equal((3, 2), (next[0].Key[0], next[1].Key[0]));
    }

    [Fact]
    public async Task LoadAsync_links_work_after_a_restart_and_a_change_of_secrets()
    {
        var clock = new ManualClock();
        var registry = new MemoryRegistry();
        var first = new UnsubscribeKeys(registry, clock);
        await first.LoadAsync(default);
        var (link, mail) = (first.Links.Seal(Ann), first.Mails.Sign(Ann.Message, 0));
        clock.Advance(TimeSpan.FromDays(100));
        var later = new UnsubscribeKeys(registry, clock);
        await later.LoadAsync(default);

        Assert.True(later.Links.TryRead(link, out var read) && read == Ann);
        Assert.True(later.Mails.TryRead(mail, out _, out _));
        Assert.NotEqual(link, later.Links.Seal(Ann));
        Assert.False(first.Links.TryRead(later.Links.Seal(Ann), out _));
        Assert.True(await first.RefreshAsync(default));
        Assert.True(first.Links.TryRead(later.Links.Seal(Ann), out _));
        Assert.False(await first.RefreshAsync(default));
    }
}
