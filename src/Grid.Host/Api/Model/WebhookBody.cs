using System.Globalization;
using System.Text.Json;
using Grid.Core.Vocabulary;
using Grid.Host.Webhooks;

namespace Grid.Host.Api.Model;

/// <summary>A webhook and how it fares.</summary>
/// <param name="Format">standard or sendgrid.</param>
/// <param name="State">active, failing (it is being tried again) or paused.</param>
public sealed record WebhookBody(string Name, string Url, IReadOnlyList<string> Events, string Format, string State, DateTimeOffset CreatedAt)
{
    /// <summary>The name of notices among the events.</summary>
    public const string Notice = "notice";

    /// <summary>What a standard webhook's receiver checks with, whsec_…; shown when it is made or renewed, and never again.</summary>
    public string? Secret { get; init; }

    /// <summary>Until when the secret before this one signs too.</summary>
    public DateTimeOffset? OldSecretUntil { get; init; }

    /// <summary>What a sendgrid webhook's receiver checks with.</summary>
    public string? PublicKey { get; init; }

    /// <summary>How far it has got, as a cursor of /v1/events; absent until something was sent.</summary>
    public string? Cursor { get; init; }

    /// <summary>Attempts of the batch that is being tried again.</summary>
    public int? Attempts { get; init; }

    public DateTimeOffset? FailingSince { get; init; }

    public DateTimeOffset? NextAttempt { get; init; }

    public DateTimeOffset? LastSuccess { get; init; }

    public DateTimeOffset? LastFailure { get; init; }

    /// <summary>What went wrong last.</summary>
    public string? LastError { get; init; }

    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>Why it is paused, and what to do: POST …/resume.</summary>
    public string? PauseReason { get; init; }

    /// <param name="showSecret">Only in the answer to the request that made it.</param>
    public static WebhookBody Of(Webhook webhook, WebhookProgress? progress, DateTimeOffset now, bool showSecret = false) => new(
        webhook.Name,
        webhook.Url,
        [.. webhook.Events.Kinds.Select(kind => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString())), .. webhook.Events.HasNotices ? [Notice] : Array.Empty<string>()],
        webhook.Format == WebhookFormat.SendGrid ? "sendgrid" : "standard",
        webhook.PausedAt is not null ? "paused" : progress?.FailingSince is not null ? "failing" : "active",
        webhook.CreatedAt)
    {
        Secret = showSecret && webhook.Format == WebhookFormat.Standard ? WebhookSecrets.Show(webhook.Secret.Span) : null,
        OldSecretUntil = webhook.OldSecretUntil > now ? webhook.OldSecretUntil : null,
        PublicKey = webhook.Format == WebhookFormat.SendGrid && !SealedWebhooks.IsSealed(webhook.Secret.Span) ? WebhookSecrets.ShowPublic(webhook.Secret.Span) : null,
        Cursor = progress?.Position.ToString(CultureInfo.InvariantCulture),
        Attempts = progress is { Attempts: > 0 } ? progress.Attempts : null,
        FailingSince = progress?.FailingSince,
        NextAttempt = webhook.PausedAt is null ? progress?.NextAt : null,
        LastSuccess = progress?.LastSuccessAt,
        LastFailure = progress?.LastFailureAt,
        LastError = progress?.LastError,
        PausedAt = webhook.PausedAt,
        PauseReason = webhook.PauseReason,
    };
}
