namespace Grid.Host.Api.Model;

/// <summary>A tenant's webhooks, in order of name.</summary>
public sealed record WebhooksBody(IReadOnlyList<WebhookBody> Webhooks);
