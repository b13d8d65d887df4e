using Grid.Host.Queue;
using Grid.Testing;

namespace Grid.Console.Tests.Observed;

public sealed class KeptTests
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(150);
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task GetAsync_asks_again_at_the_age_and_not_below_it()
    {
        var asked = 0;
        var kept = new Kept<string>(() => Task.FromResult($"{++asked}"), Age, Patience, _clock);

        Assert.Equal("1", await kept.GetAsync());
        _clock.Advance(Age - TimeSpan.FromTicks(1));
        Assert.Equal("1", await kept.GetAsync());
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("2", await kept.GetAsync());
    }

    [Fact]
    public async Task GetAsync_by_many_at_once_asks_once()
    {
        var asked = 0;
        var gate = new TaskCompletionSource<string>();
        var kept = new Kept<string>(() =>
        {
            Interlocked.Increment(ref asked);
            return gate.Task;
        }, Age, Patience, _clock);

        var all = Enumerable.Range(0, 20).Select(_ => kept.GetAsync().AsTask()).ToArray();
        gate.SetResult("value");

        Assert.All(await Task.WhenAll(all), value => Assert.Equal("value", value));
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task GetAsync_while_a_renewal_is_slow_gives_the_old_value()
    {
        var slow = new TaskCompletionSource<string>();
        var answers = new Queue<Task<string>>([Task.FromResult("old"), slow.Task]);
        var kept = new Kept<string>(answers.Dequeue, Age, Patience, _clock);
        await kept.GetAsync();
        _clock.Advance(Age);

        var waiting = kept.GetAsync().AsTask();
        _clock.Advance(Patience);

        Assert.Equal("old", await waiting);
        slow.SetResult("new");
        Assert.Equal("new", await UntilAsync(kept, "new"));
    }

    [Fact]
    public async Task GlanceAsync_gives_nothing_rather_than_wait_for_a_slow_first_value()
    {
        var slow = new TaskCompletionSource<string>();
        var kept = new Kept<string>(() => slow.Task, Age, Patience, _clock);

        var glance = kept.GlanceAsync().AsTask();
        _clock.Advance(Patience);

        Assert.Null(await glance);
        slow.SetResult("value");
        Assert.Equal("value", await kept.GetAsync());
        Assert.Equal("value", await kept.GlanceAsync());
    }

    [Fact]
    public async Task GetAsync_asks_at_most_a_tenth_of_the_time()
    {
        var asked = 0;
        var kept = new Kept<string>(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(3));
            return Task.FromResult($"{++asked}");
        }, Age, Patience, _clock);

        await kept.GetAsync();
        _clock.Advance(TimeSpan.FromSeconds(27) - TimeSpan.FromTicks(1));
        Assert.Equal("1", await kept.GetAsync());
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("2", await UntilAsync(kept, "2"));
        Assert.Equal((2, TimeSpan.FromSeconds(3)), (asked, kept.Cost));
    }

    [Fact]
    public async Task GetAsync_after_a_failure_asks_again()
    {
        var answers = new Queue<Task<string>>([Task.FromException<string>(new InvalidOperationException("away")), Task.FromResult("back")]);
        var kept = new Kept<string>(answers.Dequeue, Age, Patience, _clock);

        await Assert.ThrowsAsync<InvalidOperationException>(() => kept.GetAsync().AsTask());
        Assert.Equal("back", await kept.GetAsync());
    }

    /// <summary>A renewal completes on a thread of its own; while it is under way the old value is given once more a patience.</summary>
    private async Task<string> UntilAsync(Kept<string> kept, string wanted)
    {
        for (var i = 0; i < 1000; i++)
        {
            var getting = kept.GetAsync().AsTask();
            _clock.Advance(Patience / 100);
            if (getting.IsCompleted && await getting == wanted)
            {
                return wanted;
            }

            await Task.Yield();
        }

        return "never";
    }
}
