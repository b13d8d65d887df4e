namespace Grid.Grains;

/// <summary>Which process of the grid this is.</summary>
/// <param name="Name">Owner's name in the store; the same again after a restart.</param>
/// <param name="Number">0 to 1,023; part of message ids, so no two live processes share it.</param>
public sealed record NodeIdentity(string Name, int Number);
