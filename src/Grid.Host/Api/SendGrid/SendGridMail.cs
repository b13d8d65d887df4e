namespace Grid.Host.Api.SendGrid;

/// <summary>The body of POST /v3/mail/send. SendGrid.md says what of it is served, refused or passed over.</summary>
/// <param name="Personalizations">1 to 1,000; each becomes a message of its own.</param>
/// <param name="SendAt">Seconds since 1970.</param>
/// <param name="TemplateId">Templates are not served.</param>
/// <param name="BatchId">Batches are not served.</param>
/// <param name="IpPoolName">Passed over: the operator chooses a tenant's pool.</param>
public sealed record SendGridMail(
    IReadOnlyList<SendGridPersonalization?>? Personalizations,
    SendGridAddress? From,
    SendGridAddress? ReplyTo,
    IReadOnlyList<SendGridAddress?>? ReplyToList,
    string? Subject,
    IReadOnlyList<SendGridContent?>? Content,
    IReadOnlyList<SendGridAttachment?>? Attachments,
    IReadOnlyDictionary<string, string?>? Headers,
    IReadOnlyList<string?>? Categories,
    IReadOnlyDictionary<string, string?>? CustomArgs,
    long? SendAt,
    string? TemplateId,
    string? BatchId,
    SendGridAsm? Asm,
    string? IpPoolName,
    SendGridMailSettings? MailSettings);
