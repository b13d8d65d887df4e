using Orleans.Runtime;

namespace Orleans;

/// <summary>A grain class's type name, which is part of its grains' identities; by default the class name in lower case without "grain" at its end.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GrainTypeAttribute(string grainType) : Attribute
{
    private readonly GrainType _grainType = GrainType.Create(grainType);

    /// <summary>The name.</summary>
    public GrainType GetGrainType(IServiceProvider services, Type type) => _grainType;
}
