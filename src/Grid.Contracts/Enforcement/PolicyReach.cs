namespace Grid.Contracts.Enforcement;

/// <summary>For whom a version is in force. The numbers are stored.</summary>
public enum PolicyReach : byte
{
    /// <summary>All who are under the policy.</summary>
    All = 0,

    /// <summary>A share of them, always the same ones.</summary>
    Share = 1,

    /// <summary>Nobody: it is judged and shown, not enforced.</summary>
    Shadow = 2,
}
