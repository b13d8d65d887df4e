namespace Grid.Host.Webhooks;

/// <summary>Brings one request to a webhook.</summary>
public interface IWebhookTransport
{
    /// <summary>Posts JSON. An expected failure is an answer, not an exception.</summary>
    ValueTask<WebhookAnswer> PostAsync(Uri url, ReadOnlyMemory<byte> json, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken);
}
