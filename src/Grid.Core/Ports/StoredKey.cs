namespace Grid.Core.Ports;

/// <summary>An API key as stored.</summary>
/// <param name="Id">Public part of the key.</param>
/// <param name="Hash">SHA-256 of the whole key.</param>
public sealed record StoredKey(string Id, string Tenant, ReadOnlyMemory<byte> Hash, DateTimeOffset CreatedAt);
