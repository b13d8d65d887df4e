namespace Grid.Core.Feedback;

/// <summary>What is known of one thing that a report says, before it is believed or not.</summary>
public readonly record struct FeedbackFacts
{
    /// <summary>A genuine token was found.</summary>
    public required bool HasToken { get; init; }

    /// <summary>Genuine tokens name different messages or recipients.</summary>
    public bool TokensDisagree { get; init; }

    /// <summary>The token's message is stored.</summary>
    public bool IsMessageKnown { get; init; }

    /// <summary>When the message was delivered to that recipient; null where it wasn't.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>The report names another recipient of the same message than its token does.</summary>
    public bool NamesOtherRecipient { get; init; }

    /// <summary>A bounce: it proves itself by having been sent to the return path, which only receivers have seen.</summary>
    public bool IsBounce { get; init; }

    /// <summary>It came to the return path of the token.</summary>
    public bool CameToReturnPath { get; init; }

    /// <summary>The reporter is on the list and proved to be it.</summary>
    public bool IsReporterProven { get; init; }

    /// <summary>The same was counted before.</summary>
    public bool IsCounted { get; init; }

    /// <summary>The reporter has no more reports left in this hour.</summary>
    public bool IsOverLimit { get; init; }
}
