namespace Grid.Host.Api.Model;

/// <summary>Up to 1,000 messages.</summary>
public sealed record BatchRequest(IReadOnlyList<OutgoingMessage> Messages);
