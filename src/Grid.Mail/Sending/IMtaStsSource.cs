using Grid.Core.Vocabulary;

namespace Grid.Mail.Sending;

/// <summary>Where domains publish their policies.</summary>
internal interface IMtaStsSource
{
    /// <summary>The policy's text; null with a fault where it can't be had.</summary>
    ValueTask<(string? Text, TlsResult Fault)> FetchAsync(string domain, CancellationToken cancellationToken);
}
