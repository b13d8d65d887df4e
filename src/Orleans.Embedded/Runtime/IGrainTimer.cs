namespace Orleans.Runtime;

/// <summary>A timer of a grain. Disposing it stops it.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Sets new times. During a callback they count from its end.</summary>
    /// <param name="dueTime">Until the next tick: 0 to about 49 days, or infinite for none.</param>
    /// <param name="period">After each callback: more than 0 to about 49 days, or infinite for no further tick.</param>
    void Change(TimeSpan dueTime, TimeSpan period);
}
