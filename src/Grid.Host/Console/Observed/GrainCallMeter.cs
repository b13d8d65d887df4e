using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;

namespace Grid.Host.Console.Observed;

/// <summary>
/// Measures every call that comes in to a grain, on whichever engine it runs. In: calls. Out: figures by class and method since the start.
/// Guarantees that a call costs two readings of the clock, one look-up and a few additions more, and a task where it doesn't complete at
/// once; nothing of a call is kept. Bounded by the number of grain methods there are.
/// </summary>
internal sealed class GrainCallMeter : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<(Type Grain, MethodInfo Method), MethodFigures> _methods = new();

    /// <summary>Every method that was called.</summary>
    public IReadOnlyCollection<MethodFigures> Methods => [.. _methods.Values];

    /// <inheritdoc />
    public Task Invoke(IIncomingGrainCallContext context)
    {
        var figures = _methods.GetOrAdd((context.Grain.GetType(), context.InterfaceMethod), static key => new(key.Grain.Name, key.Method.Name));
        var started = Stopwatch.GetTimestamp();
        Task call;
        try
        {
            call = context.Invoke();
        }
        catch
        {
            figures.Ended(started, Stopwatch.GetTimestamp(), isFault: true);
            throw;
        }

        if (call.IsCompletedSuccessfully)
        {
            figures.Ended(started, Stopwatch.GetTimestamp(), isFault: false);
            return call;
        }

        return EndAsync(call, figures, started);
    }

    private static async Task EndAsync(Task call, MethodFigures figures, long started)
    {
        try
        {
            await call;
        }
        catch
        {
            figures.Ended(started, Stopwatch.GetTimestamp(), isFault: true);
            throw;
        }

        figures.Ended(started, Stopwatch.GetTimestamp(), isFault: false);
    }
}
