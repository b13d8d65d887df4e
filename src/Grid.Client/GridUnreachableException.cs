namespace Grid.Client;

/// <summary>No attempt reached the grid, or none was answered in time.</summary>
public sealed class GridUnreachableException(string message, Exception inner) : Exception(message, inner);
