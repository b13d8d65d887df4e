using Grid.Mail.Mime;

namespace Grid.Mail.Feedback;

/// <summary>A message that came back, read. Who sent it, and which of our messages it is about, is for the caller to establish.</summary>
public sealed record FeedbackReport
{
    public required FeedbackKind Kind { get; init; }

    /// <summary>One for each recipient, in the report's order; at most <see cref="FeedbackReader.MaxReports"/>. Receipts (delivered, relayed, expanded) are here too, while <see cref="Kind"/> is None.</summary>
    public IReadOnlyList<RecipientReport> Reports { get; init; } = [];

    /// <summary>The header of the message that the report is about, as it was returned; empty where none was.</summary>
    public IReadOnlyList<HeaderField> ReturnedHeaders { get; init; } = [];

    /// <summary>Message-ID of that message, without angle brackets: from its returned header, else from the report's fields or its In-Reply-To; null where none of them says.</summary>
    public string? ReturnedMessageId { get; init; }

    /// <summary>Return-Path in the returned header, without angle brackets; null where there is none.</summary>
    public string? ReturnedReturnPath { get; init; }

    /// <summary>Original-Envelope-Id (RFC 3464, the ENVID of MAIL); null where not said.</summary>
    public string? OriginalEnvelopeId { get; init; }

    /// <summary>Original-Mail-From of a feedback report, without angle brackets; null where not said.</summary>
    public string? OriginalMailFrom { get; init; }

    /// <summary>Original-Rcpt-To of a feedback report, without angle brackets.</summary>
    public IReadOnlyList<string> OriginalRcptTo { get; init; } = [];

    /// <summary>Reported-Domain of a feedback report; null where not said.</summary>
    public string? ReportedDomain { get; init; }

    /// <summary>Source-IP of a feedback report; null where not said.</summary>
    public string? SourceIp { get; init; }

    /// <summary>Reporting-MTA (without its type) or User-Agent of the reporter; null where not said.</summary>
    public string? Reporter { get; init; }

    /// <summary>The message was made by a machine that answers on its own (RFC 3834): a vacation notice, an acknowledgement.</summary>
    public bool IsAutoReply { get; init; }
}
