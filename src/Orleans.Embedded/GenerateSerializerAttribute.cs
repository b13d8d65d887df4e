namespace Orleans;

/// <summary>The type crosses between grains. Here it is passed by reference, so it must be immutable; Orleans generates a serializer for it.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class GenerateSerializerAttribute : Attribute
{
    /// <summary>Which members get ids by themselves; default none.</summary>
    public GenerateFieldIds GenerateFieldIds { get; init; }

    /// <summary>Whether a record's primary constructor parameters are fields; default true.</summary>
    public bool IncludePrimaryConstructorParameters { get; init; } = true;
}
