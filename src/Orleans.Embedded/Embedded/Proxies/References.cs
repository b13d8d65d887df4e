using System.Collections.Concurrent;
using Orleans.Embedded.Activations;
using Orleans.Runtime;

namespace Orleans.Embedded.Proxies;

/// <summary>Makes references. Bounded by the interfaces and classes that there are.</summary>
internal sealed class References(Silo silo)
{
    private readonly ConcurrentDictionary<(Type Interface, GrainClass? Class), ReferenceShape> _shapes = new();
    private readonly ConcurrentDictionary<(Type Interface, string? Prefix), ReferenceShape> _byInterface = new();

    /// <summary>A reference to the grain with a key, of the class that implements the interface.</summary>
    public object Make(Type interfaceType, IdSpan key, string? classPrefix)
    {
        if (!_byInterface.TryGetValue((interfaceType, classPrefix), out var shape))
        {
            shape = Shape(interfaceType, silo.Classes.Implementing(interfaceType, classPrefix));

            // Prefixes come from code; the few that there are may be kept.
            _byInterface.TryAdd((interfaceType, classPrefix), shape);
        }

        return shape.Make(shape, new GrainId(shape.Class!.GrainType, key));
    }

    /// <summary>A reference to the grain with an identity.</summary>
    public object Make(Type interfaceType, GrainId grainId)
    {
        var grainClass = grainId.Type == GrainClass.Observer.GrainType ? null : silo.Classes.Named(grainId.Type);
        if (grainClass is not null && !interfaceType.IsAssignableFrom(grainClass.Type))
        {
            throw new ArgumentException($"{grainClass.Type.FullName} does not implement {interfaceType.FullName}.", nameof(interfaceType));
        }

        var shape = Shape(interfaceType, grainClass);
        return shape.Make(shape, grainId);
    }

    private ReferenceShape Shape(Type interfaceType, GrainClass? grainClass) =>
        _shapes.GetOrAdd((interfaceType, grainClass), static (key, of) => new ReferenceShape(of, key.Interface, key.Class), silo);
}
