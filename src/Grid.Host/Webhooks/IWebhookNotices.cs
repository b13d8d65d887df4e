using Grid.Core.Vocabulary;

namespace Grid.Host.Webhooks;

/// <summary>Tells a tenant that the grid has paused a webhook.</summary>
public interface IWebhookNotices
{
    /// <summary>Never throws for want of a way to tell it: <c>GET /v1/notices</c> and the webhook itself say so too.</summary>
    ValueTask TellAsync(Webhook paused, CancellationToken cancellationToken);
}
