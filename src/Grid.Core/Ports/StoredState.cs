namespace Grid.Core.Ports;

/// <summary>A grain's stored state.</summary>
public sealed record StoredState(ReadOnlyMemory<byte> Data, string ETag);
