namespace Grid.Core.Enforcement.Policies;

/// <summary>Why a rule stands in a policy without a condition.</summary>
public enum NoteKind : byte
{
    /// <summary>It asks nothing of software.</summary>
    TextOnly = 1,

    /// <summary>The grid does it for all, by a mechanism of its own.</summary>
    Carried = 2,

    /// <summary>It waits for a mechanism that isn't there.</summary>
    Waits = 3,
}
