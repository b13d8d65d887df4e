using System.Reflection;
using Orleans.Embedded.Activations;
using Orleans.Embedded.Calls;
using Orleans.Runtime;

namespace Orleans.Embedded.Filters;

/// <summary>A call on its way in: the silo's filters in their order, then the grain's own, then its method.</summary>
internal sealed class IncomingCallContext(Request request, Activation activation) : CallContext(request), IIncomingGrainCallContext
{
    private readonly object _target = activation.Target;

    public override object Grain => _target;

    public override GrainId? SourceId => Call.Source?.GrainId;

    public MethodInfo ImplementationMethod => activation.Class.Implementation(InterfaceMethod, _target);

    public IGrainContext TargetContext => activation;

    protected override Task Invoke(int stage)
    {
        var filters = activation.Silo.IncomingFilters;
        return stage < filters.Length ? filters[stage].Invoke(this)
            : stage == filters.Length && _target is IIncomingGrainCallFilter own ? own.Invoke(this)
            : InvokeMethod();
    }

    private async Task InvokeMethod() => Result = await Call.InvokeBoxed(_target);
}
