using Orleans.Embedded.Activations;
using Orleans.Embedded.Calls;
using Orleans.Runtime;

namespace Orleans.Embedded.Filters;

/// <summary>A call on its way out: the silo's filters in their order, then the call.</summary>
internal sealed class OutgoingCallContext : CallContext, IOutgoingGrainCallContext
{
    private readonly GrainReference _reference;
    private readonly Activation? _source = Activation.Current;
    private readonly Func<Task<object?>> _send;

    private OutgoingCallContext(GrainReference reference, Request request, Func<Task<object?>> send)
        : base(request)
    {
        request.Reference = reference;
        _reference = reference;
        _send = send;
    }

    public override object Grain => _reference;

    public override GrainId? SourceId => _source?.GrainId;

    public IGrainContext? SourceContext => _source;

    public static async Task<T> Run<T>(GrainReference reference, Request<T> request)
    {
        var context = new OutgoingCallContext(reference, request, async () => await reference.Send(request).Outcome);
        await context.Invoke();
        return context.Result is null ? default! : (T)context.Result;
    }

    public static async Task Run(GrainReference reference, VoidRequest request)
    {
        var context = new OutgoingCallContext(reference, request, async () =>
        {
            await reference.Send(request).Outcome;
            return null;
        });
        await context.Invoke();
    }

    protected override async Task Invoke(int stage)
    {
        var filters = _reference.Shared.Silo.OutgoingFilters;
        if (stage < filters.Length)
        {
            await filters[stage].Invoke(this);
        }
        else
        {
            Result = await _send();
        }
    }
}
