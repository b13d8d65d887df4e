using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>A webhook that the grid has paused.</summary>
/// <param name="Since">Nothing is sent since then.</param>
/// <param name="Words">Why, and what ends it.</param>
public sealed record WebhookNoticeBody(string Webhook, DateTimeOffset Since, string Words)
{
    /// <summary>Why a webhook rests whose tenant paused it.</summary>
    public const string ByTenant = "paused by the tenant";

    /// <summary>Null where it isn't paused, or its tenant did that.</summary>
    public static WebhookNoticeBody? Of(Webhook webhook) => webhook is { PausedAt: { } since, PauseReason: not ByTenant }
        ? new(webhook.Name, since, $"{webhook.PauseReason}; nothing is lost: POST /v1/webhooks/{webhook.Name}/resume goes on where it stopped")
        : null;
}
