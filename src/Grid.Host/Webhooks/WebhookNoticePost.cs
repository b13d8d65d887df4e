using Grid.Contracts.Enforcement;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Api.Model;
using Grid.Host.Enforcement;

namespace Grid.Host.Webhooks;

/// <summary>Writes to the tenant's contact. A tenant without one has <c>GET /v1/notices</c>.</summary>
internal sealed partial class WebhookNoticePost(IGrainFactory grains, PlatformMail mail, ILogger<WebhookNoticePost> log) : IWebhookNotices
{
    /// <inheritdoc />
    public async ValueTask TellAsync(Webhook paused, CancellationToken cancellationToken)
    {
        try
        {
            if (WebhookNoticeBody.Of(paused) is { } notice && (await grains.GetGrain<ITenantGrain>(paused.Tenant).Find())?.Spec.Profile?.ContactEmail is { Length: > 0 } contact)
            {
                await mail.SendAsync(
                    contact, $"Your webhook {paused.Name} is paused", $"The webhook {paused.Name} to {paused.Url} gets nothing since {notice.Since:u}:\n\n{notice.Words}.\n",
                    $"webhook-{paused.Tenant}-{paused.Name}-{notice.Since.ToUnixTimeSeconds()}", cancellationToken);
            }
        }
        catch (Exception e) when (e is StoreUnavailableException or TimeoutException)
        {
            LogUntold(e, paused.Name, paused.Tenant);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The pause of webhook {Webhook} of tenant {Tenant} could not be told by mail")]
    private partial void LogUntold(Exception e, string webhook, string tenant);
}
