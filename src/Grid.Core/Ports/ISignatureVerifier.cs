namespace Grid.Core.Ports;

/// <summary>Proof of who sent a message.</summary>
public interface ISignatureVerifier
{
    /// <summary>Domains, in lower case, whose DKIM signature (RFC 6376) over From and the whole body of this message is good; empty where there is none, or none could be checked.</summary>
    ValueTask<IReadOnlyList<string>> SignersAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default);
}
