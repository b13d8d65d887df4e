namespace Grid.Host.Api.SendGrid;

/// <summary>The body of POST /v3/mail/send.</summary>
/// <param name="Personalizations">1 to 1,000; each becomes a message of its own.</param>
/// <param name="SendAt">Seconds since 1970.</param>
/// <param name="TemplateId">Templates are not served.</param>
public sealed record SendGridMail(
    IReadOnlyList<SendGridPersonalization?>? Personalizations,
    SendGridAddress? From,
    SendGridAddress? ReplyTo,
    string? Subject,
    IReadOnlyList<SendGridContent?>? Content,
    IReadOnlyList<SendGridAttachment?>? Attachments,
    IReadOnlyDictionary<string, string?>? Headers,
    IReadOnlyList<string?>? Categories,
    IReadOnlyDictionary<string, string?>? CustomArgs,
    long? SendAt,
    string? TemplateId);
