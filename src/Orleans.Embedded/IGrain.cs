using Orleans.Runtime;

namespace Orleans;

/// <summary>Marks an interface as a grain's. Its methods return Task, Task of T, ValueTask, ValueTask of T, or void where they are one-way.</summary>
public interface IGrain : IAddressable;
