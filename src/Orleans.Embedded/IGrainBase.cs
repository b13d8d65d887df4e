using Orleans.Runtime;

namespace Orleans;

/// <summary>What the engine asks of a grain class.</summary>
public interface IGrainBase
{
    /// <summary>The activation that this instance lives in.</summary>
    IGrainContext GrainContext { get; }

    /// <summary>Runs once, as the first turn, before any call. Throwing fails the waiting calls; the next call activates anew.</summary>
    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    /// <summary>Runs once, as the last turn. The token is cancelled when the deactivation timeout is over.</summary>
    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}
