using Orleans.Embedded.Activations;
using Orleans.Embedded.Calls;
using Orleans.Runtime;

namespace Orleans.Embedded.Proxies;

/// <summary>What all references of one interface to grains of one class share.</summary>
internal sealed class ReferenceShape
{
    public ReferenceShape(Silo silo, Type interfaceType, GrainClass? grainClass)
    {
        var proxy = ProxyType.Of(interfaceType);
        Silo = silo;
        InterfaceType = interfaceType;
        Class = grainClass;
        Methods = Array.ConvertAll(proxy.Methods, method => new CallMethod(interfaceType, method, silo.Messaging.ResponseTimeout));
        Make = proxy.Make;
    }

    public Silo Silo { get; }

    public Type InterfaceType { get; }

    /// <summary>Null for observers.</summary>
    public GrainClass? Class { get; }

    public CallMethod[] Methods { get; }

    public Func<ReferenceShape, GrainId, GrainReference> Make { get; }
}
