namespace Grid.Host.Feedback;

/// <summary>A secret and when it was made.</summary>
internal sealed record DatedSecret(byte[] Key, DateTimeOffset MadeAt);
