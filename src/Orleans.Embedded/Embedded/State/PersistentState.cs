using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded.Activations;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Embedded.State;

/// <summary>Makes the states that grains ask for in their constructors.</summary>
internal static class PersistentState
{
    /// <exception cref="OrleansException">The parameter is not an IPersistentState.</exception>
    public static Func<Activation, object?> Resolver(ParameterInfo parameter, PersistentStateAttribute attribute)
    {
        var type = parameter.ParameterType;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
        {
            throw new OrleansException($"[PersistentState] stands at {parameter.Name} of {parameter.Member.DeclaringType}, which is not an IPersistentState<T>.");
        }

        return typeof(PersistentState).GetMethod(nameof(Make), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type.GenericTypeArguments[0])
            .CreateDelegate<Func<PersistentStateAttribute, Func<Activation, object?>>>()(attribute);
    }

    private static Func<Activation, object?> Make<TState>(PersistentStateAttribute attribute) => activation =>
    {
        var services = activation.ActivationServices;
        var storage = attribute.StorageName is { } name ? services.GetKeyedService<IGrainStorage>(name) : services.GetService<IGrainStorage>();
        var state = new PersistentState<TState>(activation.GrainId, attribute.StateName, storage ?? throw new BadProviderConfigException(
            $"{activation.Class.Type.FullName} keeps its state \"{attribute.StateName}\" in the storage \"{attribute.StorageName ?? "(default)"}\", which is not registered."));
        activation.AddPart(state);
        return state;
    };
}
