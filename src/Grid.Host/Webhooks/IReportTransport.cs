namespace Grid.Host.Webhooks;

/// <summary>Brings one report to who asked for it, under the same rules as to a webhook.</summary>
public interface IReportTransport
{
    /// <summary>Posts a body. An expected failure is an answer, not an exception.</summary>
    ValueTask<WebhookAnswer> PostAsync(Uri url, ReadOnlyMemory<byte> body, string mediaType, CancellationToken cancellationToken);
}
