namespace Orleans.Runtime;

/// <summary>An observer that is called is gone: deleted, or collected because nobody kept it alive.</summary>
public sealed class ClientNotAvailableException : OrleansException
{
    internal ClientNotAvailableException(GrainId observer)
        : base($"The observer {observer} is gone: its reference was deleted, or nothing kept the object alive.")
    {
    }
}
