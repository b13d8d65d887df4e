using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Runtime;

namespace Orleans.Embedded.Proxies;

/// <summary>The class generated for an interface; one for the process.</summary>
internal sealed class ProxyType(MethodInfo[] methods, Func<ReferenceShape, GrainId, GrainReference> make)
{
    private static readonly ConcurrentDictionary<Type, Lazy<ProxyType>> Generated = new();

    /// <summary>The interface's methods, in the order of the proxy's indices.</summary>
    public MethodInfo[] Methods { get; } = methods;

    public Func<ReferenceShape, GrainId, GrainReference> Make { get; } = make;

    /// <exception cref="ArgumentException">It is no interface of a grain or an observer, or has a method that cannot be called from afar.</exception>
    public static ProxyType Of(Type interfaceType) =>
        Generated.GetOrAdd(interfaceType, static type => new Lazy<ProxyType>(() => ProxyGenerator.Generate(type))).Value;
}
