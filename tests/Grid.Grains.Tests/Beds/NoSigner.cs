using Grid.Core.Ports;

namespace Grid.Grains.Tests.Beds;

/// <summary>Nobody has a key.</summary>
internal sealed class NoSigner : IMessageSigner
{
    public ValueTask<ReadOnlyMemory<byte>> SignAsync(SigningRequest request, CancellationToken cancellationToken = default) => new(request.Message);
}
