namespace Grid.Host.Api.Model;

/// <summary>What a report says.</summary>
/// <param name="Kind">complaint, bounce, delayed, abuse, unsubscribe or none.</param>
/// <param name="Matched">It is about a delivery of ours.</param>
public sealed record FeedbackBody(string Kind, bool Matched, string? Tenant, string? MessageId, IReadOnlyList<FeedbackReportBody> Reports);
