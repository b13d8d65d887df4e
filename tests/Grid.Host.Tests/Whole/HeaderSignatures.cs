using System.Text;
using Grid.Core.Ports;
using Grid.Mail.Mime;

namespace Grid.Host.Tests.Whole;

/// <summary>Takes a header X-Test-Signed for proof of who signed.</summary>
internal sealed class HeaderSignatures : ISignatureVerifier
{
    public ValueTask<IReadOnlyList<string>> SignersAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default) =>
        new([.. MessageReader.Read(message).Headers.Where(header => header.Is("X-Test-Signed")).Select(header => header.Value)]);
}
