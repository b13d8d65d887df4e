namespace Grid.Core.Vocabulary;

/// <summary>What the store knows of an accepted message.</summary>
/// <param name="Live">Recipients that are still queued.</param>
/// <param name="History">Its outcomes, oldest first.</param>
public sealed record StoredMessage(
    MessageId Id,
    string Tenant,
    DateTimeOffset AcceptedAt,
    MailStream Stream,
    string? Campaign,
    string? Details,
    int RecipientCount,
    IReadOnlyList<Envelope> Live,
    IReadOnlyList<OutcomeRecord> History);
