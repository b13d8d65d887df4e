using System.Reflection;
using Orleans.Concurrency;

namespace Orleans.Embedded.Calls;

/// <summary>A method of a grain interface, and what its attributes ask for.</summary>
internal sealed class CallMethod
{
    public CallMethod(Type interfaceType, MethodInfo info, TimeSpan defaultTimeout)
    {
        InterfaceType = interfaceType;
        Info = info;
        ArgumentCount = info.GetParameters().Length;
        IsOneWay = info.ReturnType == typeof(void) || info.IsDefined(typeof(OneWayAttribute));
        AlwaysInterleaves = info.IsDefined(typeof(AlwaysInterleaveAttribute));
        IsReadOnly = info.IsDefined(typeof(ReadOnlyAttribute));
        Timeout = info.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout ?? defaultTimeout;
    }

    public Type InterfaceType { get; }

    public MethodInfo Info { get; }

    public int ArgumentCount { get; }

    public bool IsOneWay { get; }

    public bool AlwaysInterleaves { get; }

    public bool IsReadOnly { get; }

    public TimeSpan Timeout { get; }

    public override string ToString() => $"{InterfaceType.Name}.{Info.Name}";
}
