using System.Text.Json;
using Grid.Host.Api.Model;
using Grid.Host.Ingress;

namespace Grid.Host.Api.SendGrid;

/// <summary>Makes of each personalization the message that Grid's own API would have been given.</summary>
internal static class SendGridReader
{
    public const string Plain = "text/plain";
    public const string Html = "text/html";

    /// <summary>False where substitutions make the message longer than <paramref name="maxLength"/> characters.</summary>
    public static bool TryRead(SendGridMail mail, SendGridPersonalization personal, int maxLength, out OutgoingMessage? message)
    {
        message = null;
        var substitutions = personal.Substitutions;
        var footer = mail.MailSettings?.Footer is { Enable: true } given ? given : null;
        var headers = Merge(mail.Headers, personal.Headers, StringComparer.OrdinalIgnoreCase);
        if (!Substitutions.TryApply(personal.Subject ?? mail.Subject, substitutions, maxLength, out var subject)
            || !Substitutions.TryApply(Content(mail, Plain) is { } plain ? plain + footer?.Text : null, substitutions, maxLength, out var text)
            || !Substitutions.TryApply(WithFooter(Content(mail, Html), footer?.Html), substitutions, maxLength, out var html))
        {
            return false;
        }

        message = new(
            (personal.From ?? mail.From)?.ToString(),
            Addresses(personal.To),
            Addresses(personal.Cc),
            Addresses(personal.Bcc),
            (mail.ReplyTo ?? mail.ReplyToList?.FirstOrDefault())?.ToString(),
            subject,
            text,
            html,
            headers?.Where(header => !IsStream(header.Key)).ToDictionary(),
            [.. (mail.Attachments ?? []).Select(Attachment)],
            headers?.FirstOrDefault(header => IsStream(header.Key)).Value,
            mail.Categories is [{ Length: <= MessageDrafter.MaxCampaign } campaign, ..] ? campaign : null,
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

    private static IReadOnlyDictionary<string, string?>? Merge(
        IReadOnlyDictionary<string, string?>? common, IReadOnlyDictionary<string, string?>? own, StringComparer names)
    {
        if (common is null || own is null)
        {
            return own ?? common;
        }

        // Names that differ by case alone are one header; the last of them counts.
        var merged = new Dictionary<string, string?>(names);
        foreach (var (name, value) in common.Concat(own))
        {
            merged[name] = value;
        }

        return merged;
    }

    /// <summary>Inside of the body where there is one.</summary>
    private static string? WithFooter(string? html, string? footer)
    {
        if (html is null || string.IsNullOrEmpty(footer))
        {
            return html;
        }

        var end = html.LastIndexOf("</body>", StringComparison.OrdinalIgnoreCase);
        return end < 0 ? html + footer : html.Insert(end, footer);
    }

    private static bool IsStream(string header) => header.Equals(SendGridRules.StreamHeader, StringComparison.OrdinalIgnoreCase);

    private static JsonElement? Metadata(SendGridMail mail, SendGridPersonalization personal)
    {
        var arguments = Merge(mail.CustomArgs, personal.CustomArgs, StringComparer.Ordinal);
        return arguments is null && mail.Categories is null && mail.Asm is null
            ? null
            : JsonSerializer.SerializeToElement(new SendGridMetadata(arguments, mail.Categories, mail.Asm?.GroupId), SendGridJson.Default.SendGridMetadata);
    }
}
