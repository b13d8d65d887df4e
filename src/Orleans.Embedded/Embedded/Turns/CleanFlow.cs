namespace Orleans.Embedded.Turns;

/// <summary>Turns begin without any of their caller's ambient values (AsyncLocal): what is to flow is handed over in the request context.</summary>
internal static class CleanFlow
{
    private static readonly ExecutionContext Clean = CaptureClean();

    /// <summary>Whether the caller's flow can be put aside and taken up again.</summary>
    public static bool IsAvailable => !ExecutionContext.IsFlowSuppressed();

    /// <summary>A task that will run without ambient values.</summary>
    public static Task Make(Action<object?> body, object state)
    {
        var caller = ExecutionContext.Capture();
        if (caller is null || ReferenceEquals(caller, Clean))
        {
            return new Task(body, state);
        }

        ExecutionContext.Restore(Clean);
        try
        {
            return new Task(body, state);
        }
        finally
        {
            ExecutionContext.Restore(caller);
        }
    }

    /// <summary>A timer whose callback runs without ambient values.</summary>
    public static ITimer MakeTimer(TimeProvider clock, TimerCallback callback, object state)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            return clock.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        using (ExecutionContext.SuppressFlow())
        {
            return clock.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private static ExecutionContext CaptureClean()
    {
        ExecutionContext? clean = null;
        var thread = new Thread(() => clean = ExecutionContext.Capture(), 128 * 1024) { IsBackground = true };
        thread.UnsafeStart();
        thread.Join();
        return clean!;
    }
}
