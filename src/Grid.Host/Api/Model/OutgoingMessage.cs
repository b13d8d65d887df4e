using System.Text.Json;

namespace Grid.Host.Api.Model;

/// <summary>A message to send. Addresses are <c>a@b</c> or <c>Name &lt;a@b&gt;</c>.</summary>
/// <param name="From">One address, in one of the tenant's sending domains.</param>
/// <param name="To">With cc and bcc 1 to 1,000 recipients.</param>
/// <param name="Subject">Required, at most 2,000 characters.</param>
/// <param name="Text">Text or html is required.</param>
/// <param name="Headers">At most 100 further headers.</param>
/// <param name="Stream">bulk (the default) or transactional.</param>
/// <param name="Campaign">At most 100 characters.</param>
/// <param name="Metadata">An object of at most 4 KiB; kept, and shown again.</param>
/// <param name="SendAt">RFC 3339, at most 30 days ahead.</param>
public sealed record OutgoingMessage(
    string? From,
    IReadOnlyList<string?>? To,
    IReadOnlyList<string?>? Cc,
    IReadOnlyList<string?>? Bcc,
    string? ReplyTo,
    string? Subject,
    string? Text,
    string? Html,
    IReadOnlyDictionary<string, string?>? Headers,
    IReadOnlyList<OutgoingAttachment?>? Attachments,
    string? Stream,
    string? Campaign,
    JsonElement? Metadata,
    string? SendAt,
    ConsentBody? Consent)
{
    /// <summary>commercial, transactional or requested; where it is absent, it follows the stream.</summary>
    public string? Purpose { get; init; }

    /// <summary>What the message is about, at most 100 characters.</summary>
    public string? Topic { get; init; }

    /// <summary>Why the recipient is written to, at most 500 characters.</summary>
    public string? Reason { get; init; }

    /// <summary>Who attests that the campaign is lawful, at most 500 characters.</summary>
    public string? Attestation { get; init; }

    /// <summary>Name of a template, which brings subject, text and html.</summary>
    public string? Template { get; init; }

    /// <summary>An object with what the template is to be filled with.</summary>
    public JsonElement? Data { get; init; }
}
