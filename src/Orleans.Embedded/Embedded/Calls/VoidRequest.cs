using Orleans.Embedded.Activations;
using Orleans.Embedded.Filters;

namespace Orleans.Embedded.Calls;

/// <summary>A call that returns nothing.</summary>
internal abstract class VoidRequest(CallMethod method) : Request(method)
{
    private TaskCompletionSource? _promise;
    private ValueTask _outcome;

    public Task TaskOutcome => _promise?.Task ?? (Method.IsOneWay ? Task.CompletedTask : _outcome.AsTask());

    public ValueTask Outcome => new(TaskOutcome);

    public sealed override bool IsAbandoned => _promise is { Task.IsCompleted: true };

    public abstract ValueTask Invoke(object target);

    public sealed override async ValueTask<object?> InvokeBoxed(object target)
    {
        await Invoke(target);
        return null;
    }

    public sealed override Task? Begin(Activation activation)
    {
        try
        {
            _outcome = activation.HasFilters ? new ValueTask(new IncomingCallContext(this, activation).Invoke()) : Invoke(activation.Target);
        }
        catch (Exception thrown)
        {
            _outcome = ValueTask.FromException(thrown);
        }

        if (_outcome.IsCompletedSuccessfully)
        {
            return null;
        }

        // As a task it can be looked at more than once.
        var task = _outcome.AsTask();
        _outcome = new ValueTask(task);
        if (task.IsCompleted)
        {
            return null;
        }

        Park(activation.Silo);
        return task;
    }

    public sealed override void Reject(Exception reason)
    {
        _outcome = ValueTask.FromException(reason);
        End();
    }

    public sealed override bool TryFail(Exception reason) => _promise!.TrySetException(reason);

    protected sealed override bool MakePromise()
    {
        if (_promise is not null)
        {
            return false;
        }

        _promise = new TaskCompletionSource();
        return true;
    }

    protected sealed override Exception? Settle()
    {
        if (_outcome.IsCompletedSuccessfully)
        {
            _promise?.TrySetResult();
            return null;
        }

        var task = _outcome.AsTask();
        _promise?.TrySetFromTask(task);
        return task.Exception?.InnerException;
    }
}
