using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>A state was written with a version that is not the stored one.</summary>
public class InconsistentStateException : OrleansException
{
    /// <summary>Without words.</summary>
    public InconsistentStateException()
    {
    }

    /// <summary>With words.</summary>
    public InconsistentStateException(string message)
        : base(message)
    {
    }

    /// <summary>With words and a cause.</summary>
    public InconsistentStateException(string message, Exception? innerException)
        : base(message, innerException!)
    {
    }

    /// <summary>With both versions.</summary>
    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
        : this(errorMsg, storedEtag, currentEtag, null)
    {
    }

    /// <summary>With both versions and the storage's own exception.</summary>
    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag, Exception? storageException)
        : base(errorMsg, storageException!)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    /// <summary>The version in the storage.</summary>
    public string? StoredEtag { get; }

    /// <summary>The version that the writer had.</summary>
    public string? CurrentEtag { get; }

    // The grain whose write was refused is deactivated; one that merely passes the exception on is not.
    internal bool IsSourceActivation { get; set; } = true;

    /// <inheritdoc />
    public override string ToString() => $"{base.ToString()} (stored ETag {StoredEtag ?? "none"}, current {CurrentEtag ?? "none"})";
}
