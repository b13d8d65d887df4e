namespace Grid.Core.Enforcement.Policies;

/// <summary>How large a policy can be. Beyond, it is refused.</summary>
public static class PolicyBounds
{
    /// <summary>Bytes of the text.</summary>
    public const int MaxTextBytes = 512 * 1024;

    /// <summary>Clauses and notes together, inherited ones included.</summary>
    public const int MaxClauses = 500;

    /// <summary>all and any within each other.</summary>
    public const int MaxDepth = 4;

    /// <summary>Conditions of one clause.</summary>
    public const int MaxConditions = 32;

    /// <summary>Alternatives that the any of one clause can lead to.</summary>
    public const int MaxAlternatives = 16;

    /// <summary>Policies that extend each other in a row.</summary>
    public const int MaxAncestors = 8;

    /// <summary>Windows of a policy.</summary>
    public const int MaxWindows = 6;

    /// <summary>Entries of a list.</summary>
    public const int MaxListed = 200;

    /// <summary>Steps of the probation ladder.</summary>
    public const int MaxProbationSteps = 12;

    /// <summary>Characters of a text.</summary>
    public const int MaxWords = 1000;

    /// <summary>Characters of an id or a name.</summary>
    public const int MaxId = 64;

    /// <summary>Faults that are listed.</summary>
    public const int MaxFaults = 100;

    /// <summary>How far back findings, warnings and suspensions can be counted.</summary>
    public static TimeSpan MaxMemory { get; } = TimeSpan.FromDays(730);
}
