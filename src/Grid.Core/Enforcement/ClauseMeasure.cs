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
}
