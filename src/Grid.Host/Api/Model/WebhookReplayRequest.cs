namespace Grid.Host.Api.Model;

/// <summary>A webhook is to be sent again what happened.</summary>
/// <param name="From">RFC 3339; what happened since then is sent again, at most 30 days, as long as outcomes are kept.</param>
public sealed record WebhookReplayRequest(string? From);
