namespace Grid.Host.Api.Access;

/// <summary>The operator's key as the registry has it.</summary>
/// <param name="Sha256">SHA-256 of the key.</param>
public sealed record StoredOperatorKey(byte[] Sha256);
