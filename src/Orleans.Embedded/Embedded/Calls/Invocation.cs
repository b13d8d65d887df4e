using Orleans.Embedded.Activations;

namespace Orleans.Embedded.Calls;

/// <summary>Something that an activation runs under its rule of interleaving: a call, or a timer's tick.</summary>
internal abstract class Invocation
{
    /// <summary>The request context that it runs with; null: none.</summary>
    public Dictionary<string, object>? Context { get; set; }

    /// <summary>Where it runs; set when it begins.</summary>
    public Activation? Activation { get; set; }

    public abstract bool AlwaysInterleaves { get; }

    public abstract bool IsReadOnly { get; }

    /// <summary>Whether it may run at once on the thread that submits it.</summary>
    public abstract bool MayRunInline { get; }

    /// <summary>Whether nobody waits for it any more, so that it need not run.</summary>
    public abstract bool IsAbandoned { get; }

    /// <summary>Whether it counts as use of the grain.</summary>
    public abstract bool KeepsAlive { get; }

    /// <summary>Runs as a turn. Returns null if it is complete, or the task that completes it. Never throws.</summary>
    public abstract Task? Begin(Activation activation);

    /// <summary>Tells the outcome to who waits for it. Returns the exception that it ended with, if any. Never throws.</summary>
    public abstract Exception? End();

    /// <summary>Makes it fit to wait. Called before any other thread can see it; repeated calls do nothing.</summary>
    public abstract void Park(Silo silo);

    /// <summary>Ends it without running it.</summary>
    public abstract void Reject(Exception reason);
}
