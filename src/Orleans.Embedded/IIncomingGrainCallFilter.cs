namespace Orleans;

/// <summary>Sees every call as it comes in, within the grain's turn. A grain class may itself be one, for its own calls.</summary>
public interface IIncomingGrainCallFilter
{
    /// <summary>Calls <see cref="IGrainCallContext.Invoke"/> to go on, or sets the result itself.</summary>
    Task Invoke(IIncomingGrainCallContext context);
}
