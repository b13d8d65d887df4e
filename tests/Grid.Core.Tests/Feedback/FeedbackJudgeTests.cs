using Grid.Core.Feedback;

namespace Grid.Core.Tests.Feedback;

public sealed class FeedbackJudgeTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 0, 0, 0, TimeSpan.Zero);
    private static readonly FeedbackFacts Complaint = new() { HasToken = true, IsMessageKnown = true, DeliveredAt = Now.AddDays(-1), IsReporterProven = true };
    private static readonly FeedbackFacts Bounce = new() { HasToken = true, IsMessageKnown = true, DeliveredAt = Now.AddDays(-1), IsBounce = true, CameToReturnPath = true };

    [Fact]
    public void Judge_a_proven_complaint_and_a_bounce_to_the_return_path_count()
    {
        Assert.Equal(FeedbackVerdict.Counts, FeedbackJudge.Judge(Complaint, Now));
        Assert.Equal(FeedbackVerdict.Counts, FeedbackJudge.Judge(Bounce, Now));
    }

    [Fact]
    public void Judge_each_rule_broken_alone_is_named()
    {
        Assert.Equal(FeedbackVerdict.TokenMissing, FeedbackJudge.Judge(Complaint with { HasToken = false }, Now));
        Assert.Equal(FeedbackVerdict.TokensDisagree, FeedbackJudge.Judge(Complaint with { TokensDisagree = true }, Now));
        Assert.Equal(FeedbackVerdict.MessageUnknown, FeedbackJudge.Judge(Complaint with { IsMessageKnown = false }, Now));
        Assert.Equal(FeedbackVerdict.NotDelivered, FeedbackJudge.Judge(Complaint with { DeliveredAt = null }, Now));
        Assert.Equal(FeedbackVerdict.OtherRecipient, FeedbackJudge.Judge(Complaint with { NamesOtherRecipient = true }, Now));
        Assert.Equal(FeedbackVerdict.ReporterUnknown, FeedbackJudge.Judge(Complaint with { IsReporterProven = false }, Now));
        Assert.Equal(FeedbackVerdict.ReturnPathMissing, FeedbackJudge.Judge(Bounce with { CameToReturnPath = false }, Now));
        Assert.Equal(FeedbackVerdict.AlreadyCounted, FeedbackJudge.Judge(Complaint with { IsCounted = true }, Now));
        Assert.Equal(FeedbackVerdict.ReporterOverLimit, FeedbackJudge.Judge(Complaint with { IsOverLimit = true }, Now));
    }

    [Fact]
    public void Judge_a_complaint_sent_to_the_return_path_still_needs_its_reporter() =>
        Assert.Equal(FeedbackVerdict.ReporterUnknown, FeedbackJudge.Judge(Complaint with { IsReporterProven = false, CameToReturnPath = true }, Now));

    [Fact]
    public void Judge_a_bounce_that_a_known_reporter_brings_elsewhere_is_not_believed() =>
        Assert.Equal(FeedbackVerdict.ReturnPathMissing, FeedbackJudge.Judge(Bounce with { CameToReturnPath = false, IsReporterProven = true }, Now));

    [Theory]
    [InlineData(0, FeedbackVerdict.Counts)]
    [InlineData(1, FeedbackVerdict.TooOld)]
    public void Judge_thirty_days_after_the_delivery_is_the_last_moment(int late, FeedbackVerdict expected)
    {
        var delivered = Now - FeedbackJudge.BelievedFor - TimeSpan.FromTicks(late);
        Assert.Equal(expected, FeedbackJudge.Judge(Complaint with { DeliveredAt = delivered }, Now));
        Assert.Equal(expected, FeedbackJudge.Judge(Bounce with { DeliveredAt = delivered }, Now));
    }
}
