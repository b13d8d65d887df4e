namespace Orleans.Runtime;

/// <summary>What the engine throws.</summary>
public class OrleansException : Exception
{
    /// <summary>Without words.</summary>
    public OrleansException()
    {
    }

    /// <summary>With words.</summary>
    public OrleansException(string message)
        : base(message)
    {
    }

    /// <summary>With words and a cause.</summary>
    public OrleansException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
