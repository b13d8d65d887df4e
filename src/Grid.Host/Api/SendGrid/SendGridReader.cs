using System.Text.Json;
using Grid.Host.Api.Model;

namespace Grid.Host.Api.SendGrid;

/// <summary>Makes of each personalization the message that Grid's own API would have been given.</summary>
internal static class SendGridReader
{
    private const string Plain = "text/plain";
    private const string Html = "text/html";

    /// <summary>False where substitutions make the message longer than <paramref name="maxLength"/> characters.</summary>
    public static bool TryRead(SendGridMail mail, SendGridPersonalization personal, int maxLength, out OutgoingMessage? message)
    {
        message = null;
        var substitutions = personal.Substitutions;
        if (!Substitutions.TryApply(personal.Subject ?? mail.Subject, substitutions, maxLength, out var subject)
            || !Substitutions.TryApply(Content(mail, Plain), substitutions, maxLength, out var text)
            || !Substitutions.TryApply(Content(mail, Html), substitutions, maxLength, out var html))
        {
            return false;
        }

        message = new(
            mail.From?.ToString(),
            Addresses(personal.To),
            Addresses(personal.Cc),
            Addresses(personal.Bcc),
            mail.ReplyTo?.ToString(),
            subject,
            text,
            html,
            Merge(mail.Headers, personal.Headers),
            [.. (mail.Attachments ?? []).Select(Attachment)],
            null,
            mail.Categories is [{ } campaign, ..] ? campaign : null,
            Metadata(mail, personal),
            (personal.SendAt ?? mail.SendAt) is { } at and >= 0 and <= 253_402_300_799 ? DateTimeOffset.FromUnixTimeSeconds(at).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture) : null,
            null);
        return true;
    }

    private static string? Content(SendGridMail mail, string type) => mail.Content?.FirstOrDefault(content => content?.Type == type)?.Value;

    private static IReadOnlyList<string?>? Addresses(IReadOnlyList<SendGridAddress?>? addresses) =>
        addresses is null ? null : [.. addresses.Select(address => address?.ToString())];

    private static OutgoingAttachment? Attachment(SendGridAttachment? attachment) =>
        attachment is null ? null : new(attachment.Filename, attachment.Type, attachment.Content, attachment.Disposition == "inline" ? attachment.ContentId : null);

    private static IReadOnlyDictionary<string, string?>? Merge(IReadOnlyDictionary<string, string?>? common, IReadOnlyDictionary<string, string?>? own)
    {
        if (common is null || own is null)
        {
            return own ?? common;
        }

        var merged = new Dictionary<string, string?>(common, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in own)
        {
            merged[name] = value;
        }

        return merged;
    }

    private static JsonElement? Metadata(SendGridMail mail, SendGridPersonalization personal)
    {
        var arguments = Merge(mail.CustomArgs, personal.CustomArgs);
        return arguments is null && mail.Categories is null
            ? null
            : JsonSerializer.SerializeToElement(new SendGridMetadata(arguments, mail.Categories), SendGridJson.Default.SendGridMetadata);
    }
}
