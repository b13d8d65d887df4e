using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>What a report says of one recipient.</summary>
/// <param name="Recipient">Empty where it was redacted.</param>
/// <param name="Status">Such as 5.1.1; empty for complaints.</param>
/// <param name="Action">failed, delayed, delivered, relayed or expanded.</param>
/// <param name="Hard">The address will never work.</param>
/// <param name="FeedbackType">abuse, fraud, virus …</param>
public sealed record FeedbackReportBody(
    string Recipient,
    string Status,
    int? ReplyCode,
    string? Action,
    ReplyReason Reason,
    bool Hard,
    string? Diagnostic,
    string? FeedbackType);
