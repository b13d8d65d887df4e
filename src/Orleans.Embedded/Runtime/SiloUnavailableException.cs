namespace Orleans.Runtime;

/// <summary>The engine has not started, or has stopped.</summary>
public sealed class SiloUnavailableException : OrleansMessageRejectionException
{
    /// <summary>Without words.</summary>
    public SiloUnavailableException()
        : this("The silo is not available.")
    {
    }

    /// <summary>With words.</summary>
    public SiloUnavailableException(string msg)
        : base(msg)
    {
    }

    /// <summary>With words and a cause.</summary>
    public SiloUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
