using Grid.Core.Outcomes;
using Grid.Core.Vocabulary;

namespace Grid.Core.Tests.Outcomes;

public sealed class WebhookRetryTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly WebhookProgress Fresh = new("acme", "main", 10);

    [Theory]
    [InlineData(1, "00:00:05")]
    [InlineData(2, "00:00:30")]
    [InlineData(3, "00:02:00")]
    [InlineData(4, "00:10:00")]
    [InlineData(5, "00:30:00")]
    [InlineData(6, "01:00:00")]
    [InlineData(7, "02:00:00")]
    [InlineData(8, "04:00:00")]
    [InlineData(9, "06:00:00")]
    [InlineData(10, "06:00:00")]
    [InlineData(1000, "06:00:00")]
    public void WaitAfter_grows_to_six_hours(int attempts, string wait) => Assert.Equal(TimeSpan.Parse(wait, null), WebhookRetry.WaitAfter(attempts));

    [Fact]
    public void Failed_keeps_the_batch_and_its_position_and_counts()
    {
        var (once, _) = WebhookRetry.Failed(Fresh, 15, "500", null, Start);
        var (twice, pause) = WebhookRetry.Failed(once, 15, "refused", null, Start.AddSeconds(5));

        Assert.Equal(new WebhookProgress("acme", "main", 10) { Through = 15, Attempts = 1, FailingSince = Start, NextAt = Start.AddSeconds(5), LastFailureAt = Start, LastError = "500" }, once);
        Assert.Equal(once with { Attempts = 2, NextAt = Start.AddSeconds(35), LastFailureAt = Start.AddSeconds(5), LastError = "refused" }, twice);
        Assert.False(pause);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void Failed_pauses_at_three_days_without_a_success(int ticks, bool expected)
    {
        var (failing, _) = WebhookRetry.Failed(Fresh, 15, "500", null, Start);

        Assert.Equal(expected, WebhookRetry.Failed(failing, 15, "500", null, Start.AddDays(3).AddTicks(ticks)).Pause);
    }

    [Theory]
    [InlineData(4, 5)]
    [InlineData(5, 5)]
    [InlineData(6, 6)]
    [InlineData(3600, 3600)]
    [InlineData(3601, 3600)]
    public void Failed_grants_what_the_receiver_asks_up_to_an_hour(int asked, int granted) =>
        Assert.Equal(Start.AddSeconds(granted), WebhookRetry.Failed(Fresh, 15, "429", TimeSpan.FromSeconds(asked), Start).Progress.NextAt);

    [Fact]
    public void Failed_error_is_cut_to_its_bound() => Assert.Equal(300, WebhookRetry.Failed(Fresh, 15, new string('x', 301), null, Start).Progress.LastError!.Length);

    [Fact]
    public void Taken_moves_on_and_forgets_the_failures()
    {
        var (failing, _) = WebhookRetry.Failed(Fresh, 15, "500", null, Start);

        Assert.Equal(new WebhookProgress("acme", "main", 15) { LastSuccessAt = Start.AddDays(1), LastFailureAt = Start, LastError = "500" }, WebhookRetry.Taken(failing, 15, Start.AddDays(1)));
    }

    [Fact]
    public void Replayed_goes_back_and_never_forward()
    {
        Assert.Equal(new WebhookProgress("acme", "main", 3), WebhookRetry.Replayed(Fresh with { Through = 15, Attempts = 2 }, 3));
        Assert.Equal(10, WebhookRetry.Replayed(Fresh, 20).Position);
    }

    [Fact]
    public void OutcomeSet_has_what_it_was_made_of()
    {
        var set = OutcomeSet.Of(OutcomeKind.Delivered, OutcomeKind.Complained);

        Assert.True(set.Has(OutcomeKind.Delivered));
        Assert.False(set.Has(OutcomeKind.Bounced));
        Assert.Equal([OutcomeKind.Delivered, OutcomeKind.Complained], set.Kinds);
        Assert.Equal(Enum.GetValues<OutcomeKind>(), OutcomeSet.All.Kinds);
    }
}
