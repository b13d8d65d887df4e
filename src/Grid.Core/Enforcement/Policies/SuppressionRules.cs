namespace Grid.Core.Enforcement.Policies;

/// <summary>When an address is not mailed any more by itself.</summary>
public sealed record SuppressionRules
{
    /// <summary>Most that a policy may ask for.</summary>
    public const int MaxHardBounces = 10;

    /// <summary>So many hard bounces of an address in the repeat window suppress it; 0: none does. Default 1.</summary>
    public int HardBounces { get; init; } = 1;
}
