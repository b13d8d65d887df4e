namespace Grid.Core.Feedback;

/// <summary>
/// Decides whether a report from outside is believed, so that nobody can be framed.
/// In: facts about one recipient of one report. Out: a verdict. Guarantees that nothing counts without a genuine token for a delivery of
/// ours, at most <see cref="BelievedFor"/> ago, from who may say so, once. Fails: never.
/// </summary>
public static class FeedbackJudge
{
    /// <summary>How long after its delivery a report about a message is believed: as long as deliveries are kept one by one.</summary>
    public static readonly TimeSpan BelievedFor = TimeSpan.FromDays(30);

    /// <summary>The first rule that it breaks, or that it counts.</summary>
    public static FeedbackVerdict Judge(in FeedbackFacts facts, DateTimeOffset now)
    {
        if (!facts.HasToken)
        {
            return FeedbackVerdict.TokenMissing;
        }

        if (facts.TokensDisagree)
        {
            return FeedbackVerdict.TokensDisagree;
        }

        if (!facts.IsMessageKnown)
        {
            return FeedbackVerdict.MessageUnknown;
        }

        if (facts.NamesOtherRecipient)
        {
            return FeedbackVerdict.OtherRecipient;
        }

        if (facts.DeliveredAt is not { } deliveredAt)
        {
            return FeedbackVerdict.NotDelivered;
        }

        if (now - deliveredAt > BelievedFor)
        {
            return FeedbackVerdict.TooOld;
        }

        if (facts.IsBounce ? !facts.CameToReturnPath : !facts.IsReporterProven)
        {
            return facts.IsBounce ? FeedbackVerdict.ReturnPathMissing : FeedbackVerdict.ReporterUnknown;
        }

        return facts.IsCounted ? FeedbackVerdict.AlreadyCounted
            : facts.IsOverLimit ? FeedbackVerdict.ReporterOverLimit
            : FeedbackVerdict.Counts;
    }
}
