using System.Text.Json;

namespace Grid.Host.Api.SendGrid;

/// <summary>One message of a mail: its recipients, and what differs from the others.</summary>
/// <param name="From">Instead of the mail's own; in one of the tenant's sending domains too.</param>
/// <param name="Substitutions">Text to be replaced in subject and content, by what; at most 10,000 bytes.</param>
/// <param name="DynamicTemplateData">Templates are not served.</param>
public sealed record SendGridPersonalization(
    IReadOnlyList<SendGridAddress?>? To,
    IReadOnlyList<SendGridAddress?>? Cc,
    IReadOnlyList<SendGridAddress?>? Bcc,
    SendGridAddress? From,
    string? Subject,
    IReadOnlyDictionary<string, string?>? Headers,
    IReadOnlyDictionary<string, string?>? Substitutions,
    IReadOnlyDictionary<string, string?>? CustomArgs,
    JsonElement? DynamicTemplateData,
    long? SendAt);
