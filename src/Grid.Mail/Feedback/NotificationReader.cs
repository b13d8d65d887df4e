using System.Text.Json;

namespace Grid.Mail.Feedback;

/// <summary>
/// Reads outcome notifications in JSON, as a sending service mails them: an object with <c>notificationType</c> and lists of
/// recipients, bare or inside an envelope's <c>Message</c>.
/// </summary>
internal static class NotificationReader
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32, AllowTrailingCommas = true };

    /// <summary>Null where the text holds no such object.</summary>
    public static FeedbackReport? Read(string text)
    {
        var start = text.IndexOf('{', StringComparison.Ordinal);
        var end = text.LastIndexOf('}');
        if (start < 0 || end < start || text[..start].Trim().Length > 0)
        {
            return null;
        }

        // A relay that breaks long lines leaves "!", a line end and a blank.
        var json = text[start..(end + 1)].Replace("!\n ", "", StringComparison.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            if (Text(document.RootElement, "Message") is not { } inner)
            {
                return Read(document.RootElement);
            }

            using var wrapped = JsonDocument.Parse(inner, Options);
            return Read(wrapped.RootElement);
        }
        catch (JsonException)
        {
            // Text that begins with a brace and is no JSON.
            return null;
        }
    }

    private static FeedbackReport? Read(JsonElement root) => (Text(root, "notificationType") ?? Text(root, "eventType")) switch
    {
        "Bounce" => Of(root, FeedbackKind.Bounce, "bounce", "bouncedRecipients"),
        "Complaint" => Of(root, FeedbackKind.Complaint, "complaint", "complainedRecipients"),
        "Delivery" => Of(root, FeedbackKind.None, "delivery", "recipients"),
        _ => null,
    };

    private static FeedbackReport? Of(JsonElement root, FeedbackKind kind, string member, string list)
    {
        if (!TryMember(root, member, JsonValueKind.Object, out var detail) || !TryMember(detail, list, JsonValueKind.Array, out var recipients))
        {
            return null;
        }

        var reports = recipients.EnumerateArray().Take(FeedbackReader.MaxReports).Select(r => Recipient(r, detail, kind)).ToList();
        var mail = TryMember(root, "mail", JsonValueKind.Object, out var found) ? found : default;
        return new()
        {
            Kind = kind,
            Reports = reports,
            ReturnedMessageId = Text(mail, "messageId"),
            OriginalMailFrom = Text(mail, "source"),
            OriginalRcptTo = kind == FeedbackKind.Complaint ? reports.ConvertAll(static r => r.Recipient) : [],
            Reporter = Text(detail, "reportingMTA") ?? Text(detail, "userAgent"),
        };
    }

    private static RecipientReport Recipient(JsonElement recipient, JsonElement detail, FeedbackKind kind)
    {
        var address = (recipient.ValueKind == JsonValueKind.String ? recipient.GetString() : Text(recipient, "emailAddress")) ?? "";
        if (kind == FeedbackKind.Complaint)
        {
            return new() { Recipient = address, FeedbackType = Text(detail, "complaintFeedbackType")?.ToLowerInvariant() ?? "abuse" };
        }

        var diagnostic = Text(recipient, "diagnosticCode") ?? Text(detail, "smtpResponse");
        var reply = ReplyInText.Find(diagnostic ?? "");
        var isSoft = Text(detail, "bounceType") == "Transient";
        var status = Text(recipient, "status") ?? (reply.Status is { Length: > 0 } found ? found : kind == FeedbackKind.None ? "2.0.0" : isSoft ? "4.0.0" : "5.0.0");
        return new()
        {
            Recipient = address,
            Action = kind == FeedbackKind.None ? "delivered" : "failed",
            Status = status,
            ReplyCode = reply.Code == 0 ? null : reply.Code,
            Diagnostic = diagnostic is null ? null : BounceText.OneLine(diagnostic),
        };
    }

    private static bool TryMember(JsonElement element, string name, JsonValueKind kind, out JsonElement member)
    {
        member = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out member) && member.ValueKind == kind;
    }

    private static string? Text(JsonElement element, string name) => TryMember(element, name, JsonValueKind.String, out var member) ? member.GetString() : null;
}
