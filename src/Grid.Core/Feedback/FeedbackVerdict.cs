namespace Grid.Core.Feedback;

/// <summary>What becomes of one thing that a report says: a closed set. Everything but <see cref="Counts"/> has no consequence and goes to the abuse desk's list.</summary>
public enum FeedbackVerdict : byte
{
    /// <summary>It is believed: counters, suppression.</summary>
    Counts = 0,

    /// <summary>It brings no genuine token of ours.</summary>
    TokenMissing,

    /// <summary>It brings genuine tokens of different messages, or of different recipients.</summary>
    TokensDisagree,

    /// <summary>The token's message is not known: never sent, or too long ago.</summary>
    MessageUnknown,

    /// <summary>The message was not delivered to that recipient.</summary>
    NotDelivered,

    /// <summary>The token is one recipient's, and the report names another recipient of the same message.</summary>
    OtherRecipient,

    /// <summary>The delivery is longer ago than reports are believed.</summary>
    TooOld,

    /// <summary>A bounce that didn't come to the return path.</summary>
    ReturnPathMissing,

    /// <summary>The reporter is on no list of ours, or didn't prove to be it.</summary>
    ReporterUnknown,

    /// <summary>The same was counted before for that message and recipient.</summary>
    AlreadyCounted,

    /// <summary>The reporter has reported too much in an hour.</summary>
    ReporterOverLimit,
}
