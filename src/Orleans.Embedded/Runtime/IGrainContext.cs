namespace Orleans.Runtime;

/// <summary>An activation, as its grain sees it.</summary>
public interface IGrainContext
{
    /// <summary>The grain's identity.</summary>
    GrainId GrainId { get; }

    /// <summary>The grain; null before it is constructed and after it is deactivated.</summary>
    object? GrainInstance { get; }

    /// <summary>The services of this activation.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Completes when the activation is over.</summary>
    Task Deactivated { get; }

    /// <summary>Asks for the end of this activation: its running calls are completed first, calls that come later go to a new one.</summary>
    /// <param name="deactivationReason">Why; handed to the grain.</param>
    /// <param name="cancellationToken">Cancels the token that the grain's OnDeactivateAsync gets.</param>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}
