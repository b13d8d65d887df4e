using System.Reflection;
using Orleans.Runtime;

namespace Orleans;

/// <summary>A call as it comes in.</summary>
public interface IIncomingGrainCallContext : IGrainCallContext
{
    /// <summary>The called method in the grain's class.</summary>
    MethodInfo ImplementationMethod { get; }

    /// <summary>The activation that is called.</summary>
    IGrainContext TargetContext { get; }
}
