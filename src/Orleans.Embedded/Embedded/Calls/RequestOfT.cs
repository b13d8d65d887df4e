using Orleans.Embedded.Activations;
using Orleans.Embedded.Filters;

namespace Orleans.Embedded.Calls;

/// <summary>A call that returns a value.</summary>
internal abstract class Request<T>(CallMethod method) : Request(method)
{
    private TaskCompletionSource<T>? _promise;
    private ValueTask<T> _outcome;

    public Task<T> TaskOutcome => _promise?.Task ?? (Method.IsOneWay ? Task.FromResult<T>(default!) : _outcome.AsTask());

    public ValueTask<T> Outcome => _promise is null ? _outcome : new ValueTask<T>(_promise.Task);

    public sealed override bool IsAbandoned => _promise is { Task.IsCompleted: true };

    public abstract ValueTask<T> Invoke(object target);

    public sealed override async ValueTask<object?> InvokeBoxed(object target) => await Invoke(target);

    public sealed override Task? Begin(Activation activation)
    {
        try
        {
            _outcome = activation.HasFilters ? Filtered(activation) : Invoke(activation.Target);
        }
        catch (Exception thrown)
        {
            _outcome = ValueTask.FromException<T>(thrown);
        }

        if (_outcome.IsCompletedSuccessfully)
        {
            return null;
        }

        // As a task it can be looked at more than once.
        var task = _outcome.AsTask();
        _outcome = new ValueTask<T>(task);
        if (task.IsCompleted)
        {
            return null;
        }

        Park(activation.Silo);
        return task;
    }

    public sealed override void Reject(Exception reason)
    {
        _outcome = ValueTask.FromException<T>(reason);
        End();
    }

    public sealed override bool TryFail(Exception reason) => _promise!.TrySetException(reason);

    protected sealed override bool MakePromise()
    {
        if (_promise is not null)
        {
            return false;
        }

        _promise = new TaskCompletionSource<T>();
        return true;
    }

    protected sealed override Exception? Settle()
    {
        if (_outcome.IsCompletedSuccessfully)
        {
            _promise?.TrySetResult(_outcome.Result);
            return null;
        }

        var task = _outcome.AsTask();
        _promise?.TrySetFromTask(task);
        return task.Exception?.InnerException;
    }

    private async ValueTask<T> Filtered(Activation activation)
    {
        var context = new IncomingCallContext(this, activation);
        await context.Invoke();
        return context.Result is null ? default! : (T)context.Result;
    }
}
