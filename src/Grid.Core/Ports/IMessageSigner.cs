namespace Grid.Core.Ports;

/// <summary>Proves who sent a message, before it is kept.</summary>
public interface IMessageSigner
{
    /// <summary>The message with its signatures, or the same memory, without delay, where nobody's key signs it. Throws <see cref="StoreUnavailableException"/> when the keys can't be read.</summary>
    ValueTask<ReadOnlyMemory<byte>> SignAsync(SigningRequest request, CancellationToken cancellationToken = default);
}
