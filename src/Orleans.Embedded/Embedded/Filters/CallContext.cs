using System.Reflection;
using Orleans.Embedded.Calls;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans.Embedded.Filters;

/// <summary>A call on its way through its filters.</summary>
internal abstract class CallContext(Request request) : IGrainCallContext
{
    private int _stage;

    public IInvokable Request => request;

    public abstract object Grain { get; }

    public abstract GrainId? SourceId { get; }

    public GrainId TargetId => request.Reference!.GrainId;

    public MethodInfo InterfaceMethod => request.Method.Info;

    public string InterfaceName => request.GetInterfaceName();

    public string MethodName => request.GetMethodName();

    public object? Result { get; set; }

    protected Request Call => request;

    public Task Invoke() => Invoke(_stage++);

    /// <summary>Runs the filter of this number, or, past the last, the call.</summary>
    protected abstract Task Invoke(int stage);
}
