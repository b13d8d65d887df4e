namespace Grid.Core.Enforcement;

/// <summary>How measures are spoken of, and which are numbers rather than shares.</summary>
public static class MeasureNames
{
    /// <summary>A number is held against the limit whatever was sent.</summary>
    public static bool IsCount(this ClauseMeasure measure) =>
        measure is ClauseMeasure.ComplaintCount or ClauseMeasure.HardBounceCount or ClauseMeasure.BlockCount or ClauseMeasure.DeliveredCount || measure.IsRemembered();

    /// <summary>It is counted from the subject's memory, not from the outcome log.</summary>
    public static bool IsRemembered(this ClauseMeasure measure) => measure >= ClauseMeasure.EventCount;

    /// <summary>What is counted and what it is counted of, as figures name them.</summary>
    public static (string Events, string Volume) Names(this ClauseMeasure measure) => measure switch
    {
        ClauseMeasure.ComplaintRate or ClauseMeasure.ComplaintCount => ("complaints", "delivered"),
        ClauseMeasure.ComplaintRateReporting => ("complaints", "deliveredReporting"),
        ClauseMeasure.HardBounceRate or ClauseMeasure.HardBounceCount => ("hardBounces", "attempts"),
        ClauseMeasure.SoftBounceRate => ("softBounces", "attempts"),
        ClauseMeasure.BlockRate or ClauseMeasure.BlockCount => ("blocks", "tries"),
        ClauseMeasure.DeferralRate => ("deferrals", "tries"),
        ClauseMeasure.UnsubscribeRate => ("unsubscribes", "delivered"),
        ClauseMeasure.DeliveredCount => ("delivered", "delivered"),
        ClauseMeasure.EventCount => ("reports", "delivered"),
        ClauseMeasure.WarningCount => ("warnings", "delivered"),
        ClauseMeasure.SuspensionCount => ("suspensions", "delivered"),
        _ => throw new InvalidOperationException($"no measure {measure}"),
    };
}
