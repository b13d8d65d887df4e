using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>A storage that a grain names is not registered.</summary>
public sealed class BadProviderConfigException : OrleansException
{
    /// <summary>Without words.</summary>
    public BadProviderConfigException()
    {
    }

    /// <summary>With words.</summary>
    public BadProviderConfigException(string msg)
        : base(msg)
    {
    }

    /// <summary>With words and a cause.</summary>
    public BadProviderConfigException(string msg, Exception exc)
        : base(msg, exc)
    {
    }
}
