using Grid.Core.Ports;
using Grid.Mail.Mime;

namespace Grid.Host.Tests.Whole;

/// <summary>Takes a header X-Test-Signed for proof of who signed.</summary>
internal sealed class HeaderSignatures : ISignatureVerifier
{
    public ValueTask<Signers> SignersAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default) =>
        new(Of([.. MessageReader.Read(message).Headers.Where(header => header.Is("X-Test-Signed")).Select(header => header.Value)]));

    // "away" stands for a key that can't be looked up.
    private static Signers Of(string[] domains) => new([.. domains.Where(domain => domain != "away")], !domains.Contains("away"));
}
