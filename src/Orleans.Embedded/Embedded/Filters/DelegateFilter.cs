namespace Orleans.Embedded.Filters;

/// <summary>A filter given as a delegate.</summary>
internal sealed class DelegateFilter(IncomingGrainCallFilterDelegate? incoming, OutgoingGrainCallFilterDelegate? outgoing) : IIncomingGrainCallFilter, IOutgoingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context) => incoming!(context);

    public Task Invoke(IOutgoingGrainCallContext context) => outgoing!(context);
}
