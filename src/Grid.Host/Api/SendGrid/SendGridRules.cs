using System.Globalization;
using System.Text;

namespace Grid.Host.Api.SendGrid;

/// <summary>SendGrid's rules beside those of every message, and what of its mail send is not served. Every fault is listed.</summary>
internal static class SendGridRules
{
    /// <summary>Header that names the stream, as a mail send has no field for it.</summary>
    public const string StreamHeader = "X-Grid-Stream";

    private const int MaxPersonalizations = 1000;
    private const int MaxRecipients = 1000;
    private const int MaxCategories = 10;
    private const int MaxCategory = 255;
    private const int MaxSubstitutionBytes = 10_000;
    private const int MaxArgumentBytes = 3_500;
    private const int MaxGroups = 25;
    private const long MaxSendAt = 253_402_300_799;

    public static void Check(SendGridMail mail, Faults faults)
    {
        if (mail.Personalizations is not { Count: >= 1 and <= MaxPersonalizations } personalizations)
        {
            faults.Add("personalizations", $"must be 1 to {MaxPersonalizations}");
            return;
        }

        CheckUnserved(mail, faults);
        if (string.IsNullOrEmpty(mail.TemplateId))
        {
            CheckContent(mail, faults);
        }

        CheckAttachments(mail, faults);
        CheckCategories(mail.Categories, faults);
        CheckSendAt("send_at", mail.SendAt, faults);
        CheckArguments("custom_args", mail.CustomArgs, faults);
        if (mail.ReplyTo is not null && mail.ReplyToList is { Count: > 0 })
        {
            faults.Add("reply_to_list", "cannot be given together with reply_to");
        }
        else if (mail.ReplyToList is { Count: > 1 })
        {
            faults.Add("reply_to_list", "more than one address to reply to is not served");
        }

        if (mail.Asm is { } asm && (asm.GroupId is null || asm.GroupsToDisplay is { Count: > MaxGroups }))
        {
            faults.Add("asm", $"must have a group_id, and at most {MaxGroups} groups_to_display");
        }

        var recipients = 0;
        for (var i = 0; i < personalizations.Count; i++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"personalizations.{i}");
            if (personalizations[i] is { } personal)
            {
                recipients += CheckPersonal(personal, at, !string.IsNullOrEmpty(mail.TemplateId), faults);
            }
            else
            {
                faults.Add(at, "must be an object");
            }
        }

        if (recipients > MaxRecipients)
        {
            faults.Add("personalizations", $"must have at most {MaxRecipients} recipients in all");
        }
    }

    private static void CheckUnserved(SendGridMail mail, Faults faults)
    {
        if (!string.IsNullOrEmpty(mail.BatchId))
        {
            faults.Add("batch_id", "batches are not served; cancel a message by its id");
        }

        var settings = mail.MailSettings;
        foreach (var (name, setting) in new[]
        {
            ("bypass_list_management", settings?.BypassListManagement), ("bypass_spam_management", settings?.BypassSpamManagement),
            ("bypass_bounce_management", settings?.BypassBounceManagement), ("bypass_unsubscribe_management", settings?.BypassUnsubscribeManagement),
        })
        {
            if (setting?.Enable == true)
            {
                faults.Add($"mail_settings.{name}.enable", "suppressed addresses are never mailed", "suppressed");
            }
        }
    }

    private static void CheckContent(SendGridMail mail, Faults faults)
    {
        if (mail.Content is not { Count: >= 1 } content)
        {
            faults.Add("content", "must have at least one part");
            return;
        }

        for (var i = 0; i < content.Count; i++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"content.{i}");
            if (content[i]?.Type is not (SendGridReader.Plain or SendGridReader.Html))
            {
                faults.Add(at + ".type", "must be text/plain or text/html; other types are not served");
            }
            else if (string.IsNullOrEmpty(content[i]!.Value))
            {
                faults.Add(at + ".value", "must be at least one character");
            }
            else if (content.Take(i).Any(earlier => earlier?.Type == content[i]!.Type))
            {
                faults.Add(at + ".type", "must be given once");
            }
            else if (content[i]!.Type == SendGridReader.Plain && i > 0)
            {
                faults.Add(at + ".type", "text/plain must come before text/html");
            }
        }
    }

    private static void CheckAttachments(SendGridMail mail, Faults faults)
    {
        for (var i = 0; i < mail.Attachments?.Count; i++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"attachments.{i}");
            if (mail.Attachments[i]?.Disposition is not (null or "attachment" or "inline"))
            {
                faults.Add(at + ".disposition", "must be attachment or inline");
            }

            if (string.IsNullOrEmpty(mail.Attachments[i]?.Filename))
            {
                faults.Add(at + ".filename", "is required");
            }
        }
    }

    private static void CheckCategories(IReadOnlyList<string?>? categories, Faults faults)
    {
        if (categories is null)
        {
            return;
        }

        if (categories.Count > MaxCategories || categories.Distinct(StringComparer.Ordinal).Count() < categories.Count || categories.Any(c => c is not { Length: >= 1 and <= MaxCategory }))
        {
            faults.Add("categories", $"must be at most {MaxCategories}, each once, of 1 to {MaxCategory} characters");
        }
    }

    private static int CheckPersonal(SendGridPersonalization personal, string at, bool isTemplate, Faults faults)
    {
        if (personal.To is not { Count: > 0 })
        {
            faults.Add(at + ".to", "is required");
        }

        if (!isTemplate && personal.DynamicTemplateData is { ValueKind: not System.Text.Json.JsonValueKind.Null })
        {
            faults.Add(at + ".dynamic_template_data", "goes with template_id only; without it, use substitutions");
        }

        CheckSendAt(at + ".send_at", personal.SendAt, faults);
        CheckArguments(at + ".custom_args", personal.CustomArgs, faults);
        if (Bytes(personal.Substitutions) > MaxSubstitutionBytes)
        {
            faults.Add(at + ".substitutions", $"must be at most {MaxSubstitutionBytes} bytes");
        }

        var all = (personal.To ?? []).Concat(personal.Cc ?? []).Concat(personal.Bcc ?? []).Select(address => address?.Email).ToList();
        if (all.OfType<string>().GroupBy(email => email, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            faults.Add(at, $"must have each address once; {twice.Key} is there more than once");
        }

        return all.Count;
    }

    private static void CheckSendAt(string field, long? at, Faults faults)
    {
        if (at is < 0 or > MaxSendAt)
        {
            faults.Add(field, "must be a time in seconds since 1970");
        }
    }

    private static void CheckArguments(string field, IReadOnlyDictionary<string, string?>? arguments, Faults faults)
    {
        if (Bytes(arguments) > MaxArgumentBytes)
        {
            faults.Add(field, $"must be at most {MaxArgumentBytes} bytes");
        }
    }

    private static long Bytes(IReadOnlyDictionary<string, string?>? pairs) =>
        pairs?.Sum(pair => (long)Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(pair.Value ?? "")) ?? 0;
}
