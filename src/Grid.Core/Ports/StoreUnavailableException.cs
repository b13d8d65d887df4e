namespace Grid.Core.Ports;

/// <summary>The store cannot write now: disk full, file locked, server lost. What was asked did not happen; asking again later may succeed.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
