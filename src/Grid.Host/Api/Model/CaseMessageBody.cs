namespace Grid.Host.Api.Model;

/// <summary>A message in a case, with what its sender said of it.</summary>
/// <param name="Recipients">How many it had.</param>
/// <param name="Details">From, subject, and what was declared: consent, purpose and all else.</param>
public sealed record CaseMessageBody(string MessageId, DateTimeOffset AcceptedAt, string? Campaign, int Recipients, MessageDetails? Details);
