using Grid.Core.Ports;

namespace Grid.Host.Feedback;

/// <summary>Verifies nothing: reporters are known by their network only.</summary>
internal sealed class NoSignatures : ISignatureVerifier
{
    /// <inheritdoc />
    public ValueTask<IReadOnlyList<string>> SignersAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default) => new([]);
}
