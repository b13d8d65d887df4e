using Microsoft.Extensions.Logging;
using Orleans.Embedded.Calls;
using Orleans.Runtime;

namespace Orleans.Embedded.Activations;

/// <content>How an activation comes up and how it ends.</content>
internal partial class Activation
{
    private Exception? _failure;

    /// <summary>Whether the invocations that wait at its end go on to a next activation.</summary>
    protected virtual bool HasSuccessor => true;

    /// <summary>The pool that it belongs to, for a stateless worker.</summary>
    internal WorkerPool? Pool { get; init; }

    /// <summary>Makes it take calls to an object that is there already.</summary>
    protected void BeValid() => _stage = Stage.Valid;

    private async Task ActivateAsync()
    {
        try
        {
            using var timeout = new CancellationTokenSource(Silo.Collection.ActivationTimeout, Silo.Clock);
            _instance = Class.Construct(this);
            var up = ComeUp(timeout.Token);
            await (up.IsCompleted ? up : up.WaitAsync(Silo.Collection.ActivationTimeout, Silo.Clock));
            _idleSince = Silo.Clock.GetTimestamp();
            _stage = Stage.Valid;
        }
        catch (Exception failure)
        {
            LogActivationFailed(Silo.Log, failure, GrainId);
            await ReleaseAsync();
            Retire(failure);
        }
    }

    private async Task ComeUp(CancellationToken cancellationToken)
    {
        foreach (var part in _parts ?? [])
        {
            await part.ReadAsync(cancellationToken);
        }

        if (_instance is IGrainBase grain)
        {
            await grain.OnActivateAsync(cancellationToken);
        }
    }

    private async Task DeactivateAsync()
    {
        var ending = _ending!;
        try
        {
            foreach (var timer in _timers?.ToArray() ?? [])
            {
                timer.Dispose();
            }

            if (_instance is IGrainBase grain)
            {
                using var timeout = new CancellationTokenSource(Silo.Collection.DeactivationTimeout, Silo.Clock);
                using var cancelled = ending.Cancellation.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), timeout);
                var down = grain.OnDeactivateAsync(ending.Reason, timeout.Token);
                await (down.IsCompleted ? down : down.WaitAsync(Silo.Collection.DeactivationTimeout, Silo.Clock));
            }
        }
        catch (Exception failure)
        {
            LogDeactivationFailed(Silo.Log, failure, GrainId);
        }

        await ReleaseAsync();
        Retire(null);
    }

    private async Task ReleaseAsync()
    {
        try
        {
            if (_instance is IAsyncDisposable asyncDisposable)
            {
                await asyncDisposable.DisposeAsync();
            }
            else if (_instance is IDisposable disposable)
            {
                disposable.Dispose();
            }

            if (_scope is { } scope)
            {
                await scope.DisposeAsync();
            }
        }
        catch (Exception failure)
        {
            LogDeactivationFailed(Silo.Log, failure, GrainId);
        }
    }

    // The directory changes hands under the gate: whoever finds this activation over finds its successor there, behind what waited here.
    private void Retire(Exception? failure)
    {
        Activation? next = null;
        List<Invocation> waiting;
        lock (Gate)
        {
            _stage = Stage.Over;
            _failure = failure ?? (Silo.IsStopping ? new SiloUnavailableException($"The silo stopped before {GrainId} could take the call.") : null);
            waiting = [.. _waiting, .. TakeInvocations()];
            _waiting.Clear();
            if (_failure is null && HasSuccessor && waiting.Exists(static one => one is Request))
            {
                next = new Activation(Silo, Class, GrainId) { Pool = Pool };
                next.Inherit(waiting.Where(static one => one is Request));
            }

            Silo.Directory.Replace(this, next);
            _instance = null;
            _parts = null;
            _timers = null;
        }

        if (next is not null)
        {
            next.Visit();
        }
        else
        {
            waiting.ForEach(one => one.Reject(_failure ?? new OrleansMessageRejectionException($"{GrainId} is over.")));
        }

        _deactivated?.TrySetResult();
    }

    [LoggerMessage(1, LogLevel.Warning, "Grain {Grain} did not come up.")]
    private static partial void LogActivationFailed(ILogger log, Exception failure, GrainId grain);

    [LoggerMessage(2, LogLevel.Warning, "Grain {Grain} failed while it was deactivated; it is over all the same.")]
    private static partial void LogDeactivationFailed(ILogger log, Exception failure, GrainId grain);
}
