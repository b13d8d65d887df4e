using Orleans.Runtime;

namespace Orleans;

/// <summary>Marks an interface through which grains call a plain object; see <see cref="IGrainFactory.CreateObjectReference{T}"/>.</summary>
public interface IGrainObserver : IAddressable;
