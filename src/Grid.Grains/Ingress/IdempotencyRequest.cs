namespace Grid.Grains.Ingress;

/// <summary>A caller's wish that a repeat of its request does nothing more.</summary>
/// <param name="Key">1 to 255 characters.</param>
/// <param name="RequestHash">SHA-256 of the request.</param>
/// <param name="Render">Makes the answer, which is kept with the messages and given to every repeat.</param>
public sealed record IdempotencyRequest(string Key, ReadOnlyMemory<byte> RequestHash, Func<IReadOnlyList<AcceptedMessage>, ReadOnlyMemory<byte>> Render);
