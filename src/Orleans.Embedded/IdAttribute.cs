namespace Orleans;

/// <summary>A member's number on the wire.</summary>
[AttributeUsage(
    AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Method)]
public sealed class IdAttribute(uint id) : Attribute
{
    /// <summary>The number, unique within the type.</summary>
    public uint Id { get; } = id;
}
