using System.Reflection;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans;

/// <summary>One call, as its filters see it.</summary>
public interface IGrainCallContext
{
    /// <summary>The call's method and arguments.</summary>
    IInvokable Request { get; }

    /// <summary>The grain at an incoming call; its reference at an outgoing one.</summary>
    object Grain { get; }

    /// <summary>Who calls; null for a caller outside of grains.</summary>
    GrainId? SourceId { get; }

    /// <summary>Who is called.</summary>
    GrainId TargetId { get; }

    /// <summary>The called method in the grain's interface.</summary>
    MethodInfo InterfaceMethod { get; }

    /// <summary>Full name of the grain's interface.</summary>
    string InterfaceName { get; }

    /// <summary>Name of the method.</summary>
    string MethodName { get; }

    /// <summary>What the call returned, or is to return; null before, and for calls without a result.</summary>
    object? Result { get; set; }

    /// <summary>Goes on to the next filter, and at last to the call.</summary>
    Task Invoke();
}
