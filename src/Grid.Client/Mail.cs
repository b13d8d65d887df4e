namespace Grid.Client;

/// <summary>A message to send. Addresses are a@b or Name &lt;a@b&gt;.</summary>
public sealed record Mail
{
    /// <summary>In one of the tenant's sending domains.</summary>
    public required string From { get; init; }

    public IReadOnlyList<string> To { get; init; } = [];

    public IReadOnlyList<string>? Cc { get; init; }

    public IReadOnlyList<string>? Bcc { get; init; }

    public string? ReplyTo { get; init; }

    public required string Subject { get; init; }

    /// <summary>This or <see cref="Html"/> is needed.</summary>
    public string? Text { get; init; }

    public string? Html { get; init; }

    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    public IReadOnlyList<MailAttachment>? Attachments { get; init; }

    /// <summary>bulk (the default) or transactional.</summary>
    public string? Stream { get; init; }

    public string? Campaign { get; init; }

    /// <summary>Kept, and shown again in events.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Not before this; at most 30 days ahead.</summary>
    public DateTimeOffset? SendAt { get; init; }
}
