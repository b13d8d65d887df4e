namespace Grid.Core.Enforcement.Policies;

/// <summary>What a declaration's value is, and so what it can be held against.</summary>
public enum FactType : byte
{
    /// <summary>A word: missing, in, notIn.</summary>
    Word = 1,

    /// <summary>Yes or no: is, missing.</summary>
    Flag = 2,

    /// <summary>A number: above, missing.</summary>
    Number = 3,

    /// <summary>An instant: olderThan, missing.</summary>
    Instant = 4,
}
