namespace Grid.Core.Enforcement;

/// <summary>What a clause measures. The numbers may be stored.</summary>
public enum ClauseMeasure : byte
{
    /// <summary>Complaints of delivered.</summary>
    ComplaintRate = 1,

    /// <summary>Complaints of delivered at receivers that report complaints.</summary>
    ComplaintRateReporting = 2,

    /// <summary>Complaints, whatever was delivered; the threshold's numerator is the count.</summary>
    ComplaintCount = 3,

    /// <summary>Hard bounces of recipients whose delivery ended.</summary>
    HardBounceRate = 4,

    /// <summary>Refusals for the sending IP's reputation of all attempts answered, deferrals included.</summary>
    BlockRate = 5,

    /// <summary>Hard bounces, whatever was sent.</summary>
    HardBounceCount = 6,

    /// <summary>Other final failures of recipients whose delivery ended.</summary>
    SoftBounceRate = 7,

    /// <summary>Refusals for the sending IP's reputation, whatever was sent.</summary>
    BlockCount = 8,

    /// <summary>Deferrals of all attempts answered.</summary>
    DeferralRate = 9,

    /// <summary>Unsubscriptions of delivered.</summary>
    UnsubscribeRate = 10,

    /// <summary>Delivered.</summary>
    DeliveredCount = 11,

    /// <summary>Reports of one signal that the subject remembers.</summary>
    EventCount = 20,

    /// <summary>Warnings by the grid that the subject remembers.</summary>
    WarningCount = 21,

    /// <summary>Suspensions by the grid that the subject remembers.</summary>
    SuspensionCount = 22,
}
