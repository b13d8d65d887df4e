using System.Reflection;
using Orleans.Embedded.Activations;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans.Embedded.Calls;

/// <summary>
/// One call of a grain's method. The generated classes derived from it hold the arguments in typed fields. A call that completes on its
/// caller's thread needs no more than this object; one that must wait gets a promise (<see cref="Park"/>) with a response timeout.
/// </summary>
internal abstract class Request(CallMethod method) : Invocation, IInvokable
{
    private PendingCall? _pending;

    public CallMethod Method { get; } = method;

    public GrainReference? Reference { get; set; }

    /// <summary>The calling activation; null outside of grains, and where no filter is there to ask.</summary>
    public Activation? Source { get; set; }

    public sealed override bool AlwaysInterleaves => Method.AlwaysInterleaves;

    public sealed override bool IsReadOnly => Method.IsReadOnly;

    public sealed override bool MayRunInline => !Method.IsOneWay;

    public sealed override bool KeepsAlive => true;

    /// <summary>Calls the method for the filters, which see its result as an object.</summary>
    public abstract ValueTask<object?> InvokeBoxed(object target);

    /// <summary>Fails the promise; false where it is complete.</summary>
    public abstract bool TryFail(Exception reason);

    public abstract object? GetArgument(int index);

    public int GetArgumentCount() => Method.ArgumentCount;

    public string GetMethodName() => Method.Info.Name;

    public string GetInterfaceName() => Method.InterfaceType.FullName!;

    public MethodInfo GetMethod() => Method.Info;

    public Type GetInterfaceType() => Method.InterfaceType;

    public void Dispose()
    {
        // Nothing is pooled, so there is nothing to give back.
    }

    public sealed override void Park(Silo silo)
    {
        if (!Method.IsOneWay && MakePromise())
        {
            _pending = silo.PendingCalls.Add(this);
        }
    }

    public sealed override Exception? End()
    {
        _pending?.Remove();
        return Settle();
    }

    public override string ToString() => $"{Method} of {Reference?.GrainId}";

    protected abstract Exception? Settle();

    /// <summary>False where there is one.</summary>
    protected abstract bool MakePromise();
}
