using Grid.Core.Admission;
using Grid.Core.Vocabulary;

namespace Grid.Core.Tests.Admission;

public sealed class LaneShapingTests
{
    private const int Usual = 10;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly SmtpReply Reply = new(421, "4.7.28", "an unusual rate of unsolicited mail");
    private static readonly ShapingProfile Profile = new() { Name = "p", Connections = 5, MessagesPerConnection = 50, Step = TimeSpan.FromMinutes(2) };

    private static readonly ShapingRule Suspends = new() { Id = "s", Statuses = ["4.7.28"], Action = ShapingAction.Suspend, For = TimeSpan.FromMinutes(10) };
    private static readonly ShapingRule Limits = new() { Id = "l", Count = 3, Phrases = ["x"], Action = ShapingAction.Limit, For = TimeSpan.FromHours(1), Connections = 2, Rate = new(10, TimeSpan.FromMinutes(1), 1) };

    [Fact]
    public void At_without_measures_is_the_profile()
    {
        Assert.Equal(new LaneLimits(null, 5, 50, null), LaneShaping.At(Profile, new(), Usual, Start));
        Assert.Equal(new LaneLimits(null, 10, 0, null), LaneShaping.At(new() { Name = "none" }, new(), Usual, Start));
    }

    [Fact]
    public void Observe_first_reply_suspends_to_the_instant_and_then_there_is_one_connection_more_each_step()
    {
        var (state, begun) = LaneShaping.Observe(new(), Suspends, 1, Reply, Start);
        Assert.Equal(("s", Start.AddMinutes(10), "421 4.7.28 an unusual rate of unsolicited mail", 1), (begun!.Rule, begun.Until, begun.Words, begun.Hits));
        Assert.Equal(begun, At(state, 10 * 60 - 0.001).SuspendedBy);
        Assert.Null(At(state, 10 * 60).SuspendedBy);
        Assert.Equal(
            [1, 1, 2, 2, 3, 4, 5, 5],
            new[] { 10, 11.99, 12, 13.99, 14, 16, 18, 600 }.Select(minute => At(state, minute * 60).Connections));
    }

    [Fact]
    public void Observe_third_reply_within_the_hour_limits_and_the_first_counts_no_more_after_it()
    {
        var state = new LaneState();
        LaneMeasure? begun = null;
        foreach (var (seconds, limits) in new[] { (0d, false), (1, false), (3600, false), (3600.999, true) })
        {
            (state, begun) = LaneShaping.Observe(state, Limits, 1, Reply, Start.AddSeconds(seconds));
            Assert.Equal(limits, begun is not null);
        }

        Assert.Equal((2, new Rate(10, TimeSpan.FromMinutes(1), 1)), (At(state, 4000).Connections, At(state, 4000).Rate));
        Assert.Equal(2, At(state, 3600.999 + 3599.999).Connections);
        Assert.Equal((5, null), (At(state, 3600.999 + 3600).Connections, At(state, 3600.999 + 3600).Rate));
    }

    [Fact]
    public void Observe_several_replies_at_once_count_each()
    {
        Assert.Null(LaneShaping.Observe(new(), Limits, 2, Reply, Start).Begun);
        Assert.NotNull(LaneShaping.Observe(new(), Limits, 3, Reply, Start).Begun);
        Assert.NotNull(LaneShaping.Observe(new(), Limits, 100_000, Reply, Start).Begun);
    }

    [Fact]
    public void Observe_again_renews_and_never_shortens()
    {
        var (state, _) = LaneShaping.Observe(new(), Suspends with { For = TimeSpan.FromHours(2) }, 1, Reply, Start);
        (state, var begun) = LaneShaping.Observe(state, Suspends, 1, Reply, Start.AddMinutes(1));
        Assert.Equal(Start.AddHours(2), begun!.Until);
        Assert.Equal(Start.AddHours(2), state.ResumesAt);
        (state, begun) = LaneShaping.Observe(state, Suspends, 1, Reply, Start.AddMinutes(115));
        Assert.Equal(Start.AddMinutes(125), begun!.Until);
        Assert.Single(state.Measures);
        Assert.Equal(Start.AddMinutes(125), state.ResumesAt);
    }

    [Fact]
    public void At_several_measures_the_tightest_holds()
    {
        var (state, _) = LaneShaping.Observe(new(), Limits with { Count = 1 }, 1, Reply, Start);
        (state, _) = LaneShaping.Observe(state, Limits with { Id = "m", Count = 1, Connections = 4, MessagesPerConnection = 7, Rate = new(1, TimeSpan.FromMinutes(1), 1) }, 1, Reply, Start);
        Assert.Equal(new LaneLimits(null, 2, 7, new Rate(1, TimeSpan.FromMinutes(1), 1)), At(state, 1));
    }

    [Fact]
    public void At_profile_that_is_tighter_than_a_measure_holds()
    {
        var (state, _) = LaneShaping.Observe(new(), Limits with { Count = 1, Connections = 8, Rate = null, MessagesPerConnection = 900 }, 1, Reply, Start);
        Assert.Equal(new LaneLimits(null, 5, 50, null), At(state, 1));
    }

    [Fact]
    public void Resume_ends_measures_and_begins_with_one_connection_where_nothing_went()
    {
        var (state, _) = LaneShaping.Observe(new(), Suspends, 1, Reply, Start);
        state = LaneShaping.Resume(state, Start.AddMinutes(3));
        Assert.Equal((null, 1), (At(state, 180).SuspendedBy, At(state, 180).Connections));
        Assert.Equal(2, At(state, 300).Connections);
        (state, _) = LaneShaping.Observe(new(), Limits with { Count = 1 }, 1, Reply, Start);
        Assert.Equal(5, At(LaneShaping.Resume(state, Start.AddMinutes(3)), 180).Connections);
    }

    [Fact]
    public void Observe_words_and_hits_are_bounded()
    {
        var state = new LaneState();
        for (var i = 0; i < 500; i++)
        {
            (state, var begun) = LaneShaping.Observe(state, Limits with { Id = "r" + i, Count = 2 }, 1, Reply, Start);
            Assert.Null(begun);
        }

        Assert.Equal(200, state.Hits.Count);
        Assert.Equal(300, LaneShaping.Observe(new(), Suspends, 1, new(421, "", new string('x', 1000)), Start).Begun!.Words.Length);
    }

    private static LaneLimits At(LaneState state, double seconds) => LaneShaping.At(Profile, state, Usual, Start.AddSeconds(seconds));
}
