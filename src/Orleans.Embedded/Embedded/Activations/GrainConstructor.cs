using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded.State;
using Orleans.Runtime;

namespace Orleans.Embedded.Activations;

/// <summary>A grain class's constructor: services, states and the context are its arguments.</summary>
internal sealed class GrainConstructor
{
    private readonly Func<Activation, object?>[] _arguments;
    private readonly ConstructorInvoker _invoker;

    /// <exception cref="OrleansException">The class has no public constructor, or several of which none is marked.</exception>
    public GrainConstructor(Type type)
    {
        var all = type.GetConstructors();
        var constructor = all.Length == 1 ? all[0]
            : Array.Find(all, static one => one.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute)))
            ?? throw new OrleansException($"{type.FullName} needs one public constructor, or one marked [ActivatorUtilitiesConstructor].");
        _invoker = ConstructorInvoker.Create(constructor);
        _arguments = Array.ConvertAll(constructor.GetParameters(), Resolver);
    }

    public object Invoke(Activation activation) => _invoker.Invoke(Array.ConvertAll(_arguments, resolve => resolve(activation)).AsSpan());

    private static Func<Activation, object?> Resolver(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } state)
        {
            return PersistentState.Resolver(parameter, state);
        }

        if (type == typeof(IGrainContext))
        {
            return static activation => activation;
        }

        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed)
        {
            return activation => activation.ActivationServices.GetRequiredKeyedService(type, keyed.Key);
        }

        return parameter.HasDefaultValue
            ? activation => activation.ActivationServices.GetService(type) ?? parameter.DefaultValue
            : activation => activation.ActivationServices.GetRequiredService(type);
    }
}
