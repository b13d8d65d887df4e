namespace Orleans.Runtime;

/// <summary>A grain has as many calls waiting as <see cref="Configuration.SiloMessagingOptions.MaxEnqueuedRequestsHardLimit"/> allows; this one was not taken.</summary>
public sealed class LimitExceededException : OrleansException
{
    /// <summary>Without words.</summary>
    public LimitExceededException()
        : base("Limit exceeded")
    {
    }

    /// <summary>With words.</summary>
    public LimitExceededException(string message)
        : base(message)
    {
    }

    /// <summary>With words and a cause.</summary>
    public LimitExceededException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>With the limit's name and both figures.</summary>
    public LimitExceededException(string limitName, int current, int threshold, object extraInfo)
        : base($"Limit exceeded {limitName} Current={current} Threshold={threshold} {extraInfo}")
    {
    }
}
