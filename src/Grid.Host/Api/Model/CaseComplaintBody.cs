namespace Grid.Host.Api.Model;

/// <summary>A complaint in a case.</summary>
public sealed record CaseComplaintBody(DateTimeOffset At, string MessageId, string Recipient);
