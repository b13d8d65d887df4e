namespace Orleans;

/// <summary>Sees every call as it goes out, at the caller.</summary>
public interface IOutgoingGrainCallFilter
{
    /// <summary>Calls <see cref="IGrainCallContext.Invoke"/> to go on, or sets the result itself.</summary>
    Task Invoke(IOutgoingGrainCallContext context);
}
