using Grid.Core.Ports;
using Grid.Mail.Dkim;

namespace Grid.Host.Feedback;

/// <summary>Who signed a message, by DKIM. A key that is being tried out proves nothing.</summary>
internal sealed class DkimSigners(DkimVerifier verifier) : ISignatureVerifier
{
    /// <inheritdoc />
    public async ValueTask<Signers> SignersAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        var verdicts = await verifier.VerifyAsync(message, cancellationToken);
        return new(
            [.. verdicts.Where(verdict => verdict is { Result: DkimResult.Pass, Testing: false }).Select(verdict => verdict.Domain)],
            verdicts.All(verdict => verdict.Result != DkimResult.TemporaryError));
    }
}
