namespace Orleans.Configuration;

/// <summary>Options of calls at the silo.</summary>
public class SiloMessagingOptions : MessagingOptions
{
    /// <summary>How many calls may wait at one activation before more are refused with a <see cref="Runtime.LimitExceededException"/>; default 0: no limit.</summary>
    public int MaxEnqueuedRequestsHardLimit { get; set; }
}
