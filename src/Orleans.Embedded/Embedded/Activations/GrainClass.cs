using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Concurrency;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Embedded.Activations;

/// <summary>A grain class and what its attributes ask for.</summary>
internal sealed class GrainClass
{
    private readonly ConcurrentDictionary<MethodInfo, MethodInfo> _implementations = new();
    private readonly GrainConstructor? _constructor;

    public GrainClass(Type type, GrainCollectionOptions collection)
    {
        Type = type;
        GrainType = type.GetCustomAttribute<GrainTypeAttribute>()?.GetGrainType(null!, type) ?? GrainType.Create(DefaultName(type));
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute));
        IsFilter = type.IsAssignableTo(typeof(IIncomingGrainCallFilter));
        MaxWorkers = type.GetCustomAttribute<StatelessWorkerAttribute>()?.MaxLocalWorkers ?? 0;
        AgeLimit = type.IsDefined(typeof(KeepAliveAttribute)) ? TimeSpan.MaxValue
            : type.GetCustomAttribute<CollectionAgeLimitAttribute>()?.AgeLimit
            ?? (collection.ClassSpecificCollectionAge.TryGetValue(type.FullName!, out var own) ? own : collection.CollectionAge);
        _constructor = new GrainConstructor(type);
    }

    private GrainClass()
    {
        Type = typeof(IGrainObserver);
        GrainType = GrainType.Create("sys.observer");
        AgeLimit = TimeSpan.MaxValue;
    }

    /// <summary>Stands for the class of observers.</summary>
    public static GrainClass Observer { get; } = new();

    public Type Type { get; }

    public GrainType GrainType { get; }

    public bool IsReentrant { get; }

    /// <summary>Whether its grains filter their own calls.</summary>
    public bool IsFilter { get; }

    /// <summary>Most activations for one identity of a stateless worker; 0 for other grains.</summary>
    public int MaxWorkers { get; }

    public TimeSpan AgeLimit { get; }

    /// <summary>A new grain. It runs in the activation's turn, where the constructor of <see cref="Grain"/> looks for its context.</summary>
    public object Construct(Activation activation) => _constructor!.Invoke(activation);

    /// <summary>The method of this class that implements an interface's.</summary>
    public MethodInfo Implementation(MethodInfo method, object target) => _implementations.GetOrAdd(method, static (sought, type) =>
    {
        var map = type.GetInterfaceMap(sought.DeclaringType!);
        return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, sought)];
    }, target.GetType());

    private static string DefaultName(Type type)
    {
        var name = type.Name.ToLowerInvariant();
        return name.Length > 5 && name.EndsWith("grain", StringComparison.Ordinal) ? name[..^5] : name;
    }
}
