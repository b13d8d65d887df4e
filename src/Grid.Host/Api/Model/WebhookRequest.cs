namespace Grid.Host.Api.Model;

/// <summary>A webhook to set up or change.</summary>
/// <param name="Url">https, at most 2,000 characters, leading to a public address.</param>
/// <param name="Events">Kinds of outcomes: delivered, deferred, bounced, expired, suppressed, cancelled, complained, unsubscribed; absent or empty: all.</param>
/// <param name="Format">standard (the default) or sendgrid; fixed once the webhook is there.</param>
public sealed record WebhookRequest(string? Url, IReadOnlyList<string?>? Events, string? Format);
