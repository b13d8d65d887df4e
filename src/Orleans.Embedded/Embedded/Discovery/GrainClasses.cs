using Orleans.Configuration;
using Orleans.Embedded.Activations;
using Orleans.Runtime;

namespace Orleans.Embedded.Discovery;

/// <summary>All grain classes, by their names and by the interfaces that they implement.</summary>
internal sealed class GrainClasses
{
    private readonly Dictionary<GrainType, GrainClass> _byName = [];

    /// <exception cref="OrleansException">Two classes have the same name.</exception>
    public GrainClasses(IEnumerable<Type> types, GrainCollectionOptions collection)
    {
        foreach (var grainClass in types.Select(type => new GrainClass(type, collection)))
        {
            if (!_byName.TryAdd(grainClass.GrainType, grainClass))
            {
                throw new OrleansException(
                    $"{_byName[grainClass.GrainType].Type.FullName} and {grainClass.Type.FullName} are both the grain type \"{grainClass.GrainType}\": give one another with [GrainType].");
            }
        }
    }

    /// <exception cref="ArgumentException">There is none.</exception>
    public GrainClass Named(GrainType name) =>
        _byName.TryGetValue(name, out var found) ? found : throw new ArgumentException($"There is no grain class of type \"{name}\".");

    /// <exception cref="ArgumentException">There is none, or there are several.</exception>
    public GrainClass Implementing(Type interfaceType, string? prefix)
    {
        var found = _byName.Values
            .Where(one => interfaceType.IsAssignableFrom(one.Type) && (prefix is null || one.Type.FullName!.StartsWith(prefix, StringComparison.Ordinal)))
            .ToArray();
        return found.Length switch
        {
            1 => found[0],
            0 => throw new ArgumentException($"No grain class implements {interfaceType.FullName}{(prefix is null ? "" : $" and begins with \"{prefix}\"")}."),
            _ => throw new ArgumentException($"Several grain classes implement {interfaceType.FullName}: {string.Join(", ", found.Select(static one => one.Type.FullName))}."),
        };
    }
}
