using Grid.Core.Outcomes;

namespace Grid.Mail.Feedback;

/// <summary>What a report says of one recipient. The words are the other side's; nothing of it is trusted yet.</summary>
public sealed record RecipientReport
{
    /// <summary>Longest diagnostic kept, in characters.</summary>
    public const int MaxDiagnosticLength = 1000;

    /// <summary>Address as reported; empty where it was redacted.</summary>
    public required string Recipient { get; init; }

    /// <summary>The address that the message was sent to, where the report names it and it differs from <see cref="Recipient"/> (Original-Recipient; "generated from"); else null.</summary>
    public string? OriginalRecipient { get; init; }

    /// <summary>Enhanced status code (RFC 3463) such as <c>5.1.1</c>: the most specific one reported, or its class (<c>5.0.0</c>) where only that is known; empty for complaints.</summary>
    public string Status { get; init; } = "";

    /// <summary>SMTP reply code, 200 to 599; null where none was reported.</summary>
    public int? ReplyCode { get; init; }

    /// <summary>Lower case: failed, delayed, delivered, relayed, expanded; null where not said.</summary>
    public string? Action { get; init; }

    /// <summary>The receiver's words on one line; null where none were reported.</summary>
    public string? Diagnostic { get; init; }

    /// <summary>Which command the receiver answered so, where the report says it.</summary>
    public AnsweredCommand Command { get; init; }

    /// <summary>Host that said so; null where not said.</summary>
    public string? RemoteMta { get; init; }

    /// <summary>Lower case: abuse, fraud, virus, other, not-spam, auth-failure, opt-out ...; null for bounces.</summary>
    public string? FeedbackType { get; init; }
}
