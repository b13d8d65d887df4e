namespace Grid.Core.Enforcement.Policies;

/// <summary>The value of a declaration; at most one of the four is there.</summary>
public readonly record struct FactValue(string? Word = null, bool? Flag = null, long? Number = null, DateTimeOffset? At = null)
{
    /// <summary>Nothing was declared, or it isn't known.</summary>
    public bool IsMissing => Word is null && Flag is null && Number is null && At is null;
}
