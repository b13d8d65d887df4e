namespace Grid.Host.Api.Model;

/// <summary>A policy and its version.</summary>
public sealed record PolicyName(string Name, int Version);
