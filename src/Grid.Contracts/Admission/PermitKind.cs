namespace Grid.Contracts.Admission;

/// <summary>What a permit allows.</summary>
public enum PermitKind : byte
{
    /// <summary>To hand one recipient to a receiver.</summary>
    Send = 0,

    /// <summary>To accept one recipient from the tenant.</summary>
    Submit = 1,
}
