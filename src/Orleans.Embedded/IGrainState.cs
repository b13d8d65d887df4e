namespace Orleans;

/// <summary>A state on its way to or from a storage.</summary>
public interface IGrainState<T>
{
    /// <summary>The value.</summary>
    T? State { get; set; }

    /// <summary>Its version; null: none is stored.</summary>
    string? ETag { get; set; }

    /// <summary>Whether there is a stored value.</summary>
    bool RecordExists { get; set; }
}
