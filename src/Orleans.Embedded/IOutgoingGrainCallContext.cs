using Orleans.Runtime;

namespace Orleans;

/// <summary>A call as it goes out.</summary>
public interface IOutgoingGrainCallContext : IGrainCallContext
{
    /// <summary>The activation that calls; null for a caller outside of grains.</summary>
    IGrainContext? SourceContext { get; }
}
