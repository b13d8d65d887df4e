namespace Grid.Contracts.Enforcement;

/// <summary>What a case is about. The numbers are stored.</summary>
public enum CaseKind : byte
{
    /// <summary>A decision of the grid that asks for investigation.</summary>
    Standing = 1,

    /// <summary>A finding that was reported.</summary>
    Finding = 2,

    /// <summary>A report of abuse from outside.</summary>
    Report = 3,

    /// <summary>An operator's own.</summary>
    Operator = 4,
}
