namespace Grid.Core.Ports;

/// <summary>Proof of who sent a message.</summary>
public interface ISignatureVerifier
{
    /// <summary>Who signed this message.</summary>
    ValueTask<Signers> SignersAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default);
}
