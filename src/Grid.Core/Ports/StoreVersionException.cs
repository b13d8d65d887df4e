namespace Grid.Core.Ports;

/// <summary>The store was written by a newer version of Grid, or is in use by another process; the message says which and what to do.</summary>
public sealed class StoreVersionException(string message) : Exception(message);
