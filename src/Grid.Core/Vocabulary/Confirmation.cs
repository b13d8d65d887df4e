namespace Grid.Core.Vocabulary;

/// <summary>A recipient who was asked by mail to confirm that they agree.</summary>
/// <param name="Id">22 characters, random.</param>
/// <param name="Address">In its normal form.</param>
/// <param name="Topic">What it is about; empty: whatever the tenant sends.</param>
/// <param name="Recipient">The address as it was given.</param>
/// <param name="List">The tenant's list; empty: none.</param>
/// <param name="Source">Where they asked for it.</param>
/// <param name="Notice">Version of the notice that they saw.</param>
/// <param name="AskedAt">When it was asked for first.</param>
/// <param name="SentAt">When the last mail was taken in.</param>
/// <param name="Sent">Mails so far.</param>
/// <param name="Message">The last mail.</param>
/// <param name="ExpiresAt">After which it can't be confirmed.</param>
/// <param name="ConfirmedAt">When it was confirmed; null: it wasn't.</param>
public sealed record Confirmation(
    string Id,
    string Tenant,
    string Address,
    string Topic,
    string Recipient,
    string List,
    string? Source,
    string? Notice,
    DateTimeOffset AskedAt,
    DateTimeOffset SentAt,
    int Sent,
    MessageId Message,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? ConfirmedAt);
