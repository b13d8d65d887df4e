namespace Grid.Mail.Mime;

/// <summary>What <see cref="MessageComposer"/> makes a message of. Text values are Unicode, undecorated: all encoding is the composer's.</summary>
public sealed record ComposedMessage
{
    public required Mailbox From { get; init; }

    /// <summary>Who sends on behalf of From; null (the default) where they are the same.</summary>
    public Mailbox? Sender { get; init; }

    /// <summary>At most 1,000, with <see cref="Cc"/>. Where both are empty the header says "undisclosed-recipients".</summary>
    public IReadOnlyList<Mailbox> To { get; init; } = [];

    public IReadOnlyList<Mailbox> Cc { get; init; } = [];

    /// <summary>At most 20.</summary>
    public IReadOnlyList<Mailbox> ReplyTo { get; init; } = [];

    /// <summary>At most 2,000 characters.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Plain text; null for none. Line ends of any kind.</summary>
    public string? Text { get; init; }

    /// <summary>HTML; null for none.</summary>
    public string? Html { get; init; }

    /// <summary>Further headers in their order, at most 200; those that the composer writes itself, and trace headers, are refused.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>At most 200.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>What makes it a report (RFC 6522), after its text; default none. HTML and attachments have no place beside it.</summary>
    public IReadOnlyList<ReportPart> Report { get; init; } = [];

    /// <summary>What kind of report, a token; of deliveries by default.</summary>
    public string ReportType { get; init; } = "delivery-status";

    /// <summary><c>id@domain</c>, with or without angle brackets; at most 250 characters.</summary>
    public required string MessageId { get; init; }

    /// <summary>Written with its own offset from UTC, to the second.</summary>
    public required DateTimeOffset Date { get; init; }
}
