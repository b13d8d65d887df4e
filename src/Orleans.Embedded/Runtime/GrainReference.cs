using Orleans.Embedded.Activations;
using Orleans.Embedded.Calls;
using Orleans.Embedded.Filters;
using Orleans.Embedded.Proxies;

namespace Orleans.Runtime;

/// <summary>A reference to a grain or an observer. The classes derived from it implement the interfaces and are made while the program runs.</summary>
public class GrainReference : IAddressable, IEquatable<GrainReference>
{
    // The activation that took the last call; it says itself when it is over.
    private Activation? _target;

    internal GrainReference(ReferenceShape shape, GrainId grainId)
    {
        Shared = shape;
        GrainId = grainId;
    }

    /// <summary>The grain's identity.</summary>
    public GrainId GrainId { get; }

    /// <summary>Full name of the interface.</summary>
    public virtual string InterfaceName => Shared.InterfaceType.FullName!;

    internal ReferenceShape Shared { get; }

    /// <inheritdoc />
    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    /// <inheritdoc />
    public override int GetHashCode() => GrainId.GetHashCode();

    /// <inheritdoc />
    public sealed override string ToString() => $"GrainReference:{GrainId}:{InterfaceName}";

    /// <summary>Equality of identities.</summary>
    public static bool operator ==(GrainReference? reference1, GrainReference? reference2) =>
        reference1 is null ? reference2 is null : reference1.Equals(reference2);

    /// <summary>Inequality of identities.</summary>
    public static bool operator !=(GrainReference? reference1, GrainReference? reference2) => !(reference1 == reference2);

    internal CallMethod Method(int index) => Shared.Methods[index];

    internal Task<T> CallTask<T>(Request<T> request) =>
        Shared.Silo.OutgoingFilters.Length == 0 ? Send(request).TaskOutcome : OutgoingCallContext.Run(this, request);

    internal ValueTask<T> CallValueTask<T>(Request<T> request) =>
        Shared.Silo.OutgoingFilters.Length == 0 ? Send(request).Outcome : new ValueTask<T>(OutgoingCallContext.Run(this, request));

    internal Task CallTask(VoidRequest request) =>
        Shared.Silo.OutgoingFilters.Length == 0 ? Send(request).TaskOutcome : OutgoingCallContext.Run(this, request);

    internal ValueTask CallValueTask(VoidRequest request) =>
        Shared.Silo.OutgoingFilters.Length == 0 ? Send(request).Outcome : new ValueTask(OutgoingCallContext.Run(this, request));

    internal void CallVoid(VoidRequest request) => _ = CallTask(request);

    internal TRequest Send<TRequest>(TRequest request)
        where TRequest : Request
    {
        var silo = Shared.Silo;
        request.Reference = this;
        request.Context = RequestContext.Values;
        if (silo.IncomingFilters.Length > 0)
        {
            request.Source = Activation.Current;
        }

        try
        {
            silo.ThrowIfUnavailable();
            var target = _target ?? Resolve();
            while (!target.Submit(request))
            {
                target = Resolve();
            }
        }
        catch (OrleansException refused)
        {
            request.Reject(refused);
        }

        return request;
    }

    private Activation Resolve()
    {
        var target = Shared.Silo.Directory.Find(Shared.Class, GrainId);
        if (Shared.Class is not { MaxWorkers: > 0 })
        {
            _target = target;
        }

        return target;
    }
}
