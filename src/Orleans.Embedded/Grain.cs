using Orleans.Embedded.Activations;
using Orleans.Runtime;

namespace Orleans;

/// <summary>The base class of grains. Its constructor, its hooks and its methods run as turns of its activation: never two at once.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    /// <summary>Takes the context from the activation that is constructing this grain.</summary>
    protected Grain() => GrainContext = Activation.Current!;

    /// <inheritdoc />
    public IGrainContext GrainContext { get; }

    /// <summary>Makes references to other grains.</summary>
    protected IGrainFactory GrainFactory => Activation.Of(GrainContext).Silo.GrainFactory;

    /// <summary>The services of this activation: scoped ones live as long as it does.</summary>
    protected internal IServiceProvider ServiceProvider => GrainContext.ActivationServices;

    /// <summary>Deactivates this grain when its running calls are complete; calls that come later go to a new activation.</summary>
    protected void DeactivateOnIdle() => GrainBaseExtensions.DeactivateOnIdle(this);

    /// <summary>Keeps this grain active for at least so long, however idle it is; a negative or zero time takes that back.</summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => Activation.Of(GrainContext).KeepAliveFor(timeSpan);

    /// <inheritdoc />
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;
}
