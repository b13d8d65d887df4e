using Orleans.Runtime;

namespace Orleans.Embedded.Activations;

/// <summary>Where the calls to an observer run: one at a time, never on a caller's thread, on an object that is held weakly.</summary>
internal sealed class ObserverActivation : Activation
{
    private readonly WeakReference<IGrainObserver> _observer;

    public ObserverActivation(Silo silo, GrainId grainId, IGrainObserver observer)
        : base(silo, GrainClass.Observer, grainId)
    {
        _observer = new WeakReference<IGrainObserver>(observer);
        BeValid();
    }

    public override object Target
    {
        get
        {
            if (_observer.TryGetTarget(out var observer))
            {
                return observer;
            }

            Silo.Directory.Replace(this, null);
            throw new ClientNotAvailableException(GrainId);
        }
    }

    protected override bool HasSuccessor => false;

    protected override bool RunsInline => false;
}
