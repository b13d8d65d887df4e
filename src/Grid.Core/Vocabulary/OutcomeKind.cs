namespace Grid.Core.Vocabulary;

/// <summary>How an attempt, or a recipient's whole history, can come out. A closed set: the numbers are stored and never change.</summary>
public enum OutcomeKind : byte
{
    /// <summary>The receiver answered 250 to the message. Final.</summary>
    Delivered = 1,

    /// <summary>Refused for now; tried again later.</summary>
    Deferred = 2,

    /// <summary>Refused for good, in the session or by a later report. Final.</summary>
    Bounced = 3,

    /// <summary>Too old to try again. Final.</summary>
    Expired = 4,

    /// <summary>Not sent because the address is suppressed. Final.</summary>
    Suppressed = 5,

    /// <summary>Withdrawn by the tenant, an operator or a termination. Final.</summary>
    Cancelled = 6,

    /// <summary>The recipient complained. Follows Delivered.</summary>
    Complained = 7,

    /// <summary>The recipient unsubscribed. Follows Delivered.</summary>
    Unsubscribed = 8,
}
