namespace Orleans;

/// <summary>A state on its way to or from a storage.</summary>
[GenerateSerializer]
public sealed class GrainState<T> : IGrainState<T>
{
    /// <summary>Without a value.</summary>
    public GrainState()
    {
    }

    /// <summary>With a value.</summary>
    public GrainState(T? state) => State = state;

    /// <summary>With a value and its version.</summary>
    public GrainState(T? state, string? eTag)
    {
        State = state;
        ETag = eTag;
    }

    /// <inheritdoc />
    [Id(0)]
    public T? State { get; set; }

    /// <inheritdoc />
    [Id(1)]
    public string? ETag { get; set; }

    /// <inheritdoc />
    [Id(2)]
    public bool RecordExists { get; set; }
}
