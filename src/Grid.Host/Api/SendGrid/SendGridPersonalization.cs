namespace Grid.Host.Api.SendGrid;

/// <summary>One message of a mail: its recipients, and what differs from the others.</summary>
/// <param name="Substitutions">Text to be replaced in subject and content, by what.</param>
public sealed record SendGridPersonalization(
    IReadOnlyList<SendGridAddress?>? To,
    IReadOnlyList<SendGridAddress?>? Cc,
    IReadOnlyList<SendGridAddress?>? Bcc,
    string? Subject,
    IReadOnlyDictionary<string, string?>? Headers,
    IReadOnlyDictionary<string, string?>? Substitutions,
    IReadOnlyDictionary<string, string?>? CustomArgs,
    long? SendAt);
