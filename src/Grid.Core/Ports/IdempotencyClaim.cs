namespace Grid.Core.Ports;

/// <summary>A claim on an idempotency key, held for 24 h from <paramref name="At"/>.</summary>
/// <param name="Key">As given, 1 to 255 characters.</param>
/// <param name="RequestHash">SHA-256 of the request, to tell a repeat from a different request under the same key.</param>
/// <param name="Response">What is answered to the first and to every repeat.</param>
public sealed record IdempotencyClaim(string Tenant, string Key, ReadOnlyMemory<byte> RequestHash, ReadOnlyMemory<byte> Response, DateTimeOffset At);
