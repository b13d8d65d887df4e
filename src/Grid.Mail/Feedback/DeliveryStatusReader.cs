using Grid.Mail.Mime;

namespace Grid.Mail.Feedback;

/// <summary>Reads the fields of delivery status notifications (RFC 3464), wherever they stand: in their own part, or in a text that has them.</summary>
internal static class DeliveryStatusReader
{
    /// <summary>The per-message fields, and a report for each recipient group. <paramref name="notice"/> is the human-readable part, asked where the fields are vague.</summary>
    public static List<RecipientReport> Read(string text, Notice notice, out ReportFields message)
    {
        var groups = ReportFields.Read(text, "Final-Recipient");
        message = groups.Find(static g => g["Final-Recipient"] is null) ?? groups.FirstOrDefault() ?? new();
        var reports = new List<RecipientReport>();
        var isOnly = groups.Count(static g => (g["Final-Recipient"] ?? g["Original-Recipient"]) is not null) == 1;
        foreach (var group in groups)
        {
            if ((group["Final-Recipient"] ?? group["Original-Recipient"]) is { } recipient && reports.Count < FeedbackReader.MaxReports)
            {
                reports.Add(Recipient(group, Address(recipient), notice, isOnly));
            }
        }

        return reports;
    }

    /// <summary>Strips the type (<c>rfc822;</c>, <c>dns;</c>) of a typed field.</summary>
    public static string Untyped(string value)
    {
        var semicolon = value.IndexOf(';');
        return (semicolon is > 0 and < 20 ? value[(semicolon + 1)..] : value).Trim();
    }

    private static string Address(string value)
    {
        var parsed = MailboxParser.Parse(Untyped(value).TrimStart(';', ' '));
        return parsed.Count > 0 ? parsed[0].Address : "";
    }

    private static RecipientReport Recipient(ReportFields group, string recipient, Notice notice, bool isOnly)
    {
        var original = group["Original-Recipient"] is { } given ? Address(given) : null;
        var action = Action(group["Action"]);
        var diagnostic = group["Diagnostic-Code"] ?? group["X-Supplementary-Info"] ?? group["X-Display-Name-Diagnostic"];
        var status = Status(group["Status"] ?? "");
        var reply = ReplyInText.Find(diagnostic is null ? "" : Untyped(diagnostic), last: IsExpiry(status));
        if (reply.Code == 0 && !reply.IsSpecific && action is null or "failed" or "delayed")
        {
            var fromNotice = BounceText.ReplyFor(notice, recipient);
            reply = reply.IsSpecific || fromNotice.IsEmpty ? reply with { Code = reply.Code == 0 ? fromNotice.Code : reply.Code } : fromNotice;
            diagnostic ??= isOnly ? notice.Text : BounceText.WordsFor(notice.Text, recipient);
        }

        return new()
        {
            Recipient = recipient,
            OriginalRecipient = string.Equals(original, recipient, StringComparison.OrdinalIgnoreCase) ? null : original,
            Action = action,
            Status = Choose(status, reply, action),
            ReplyCode = reply.Code == 0 ? null : reply.Code,
            Diagnostic = diagnostic is null ? null : BounceText.OneLine(Untyped(diagnostic)),
            Command = BounceText.CommandFor(notice, recipient, diagnostic ?? "", isOnly),
            RemoteMta = group["Remote-MTA"] is { } mta ? Untyped(mta) : null,
        };
    }

    private static string? Action(string? value)
    {
        var word = value?.ToLowerInvariant().Split([' ', '(', ';', ','], 2)[0];
        return word switch
        {
            "deliverable" => "delivered",
            "failure" or "error" or "fail" => "failed",
            _ => word,
        };
    }

    private static string Status(string value)
    {
        var status = value.Split([' ', '\t', '('], 2)[0].TrimEnd('.', ',');
        return status.Length >= 5 && status[0] is '2' or '4' or '5' && status[1] == '.' ? status : ReplyInText.Find(value).Status;
    }

    private static bool IsExpiry(string status) => status.EndsWith(".4.7", StringComparison.Ordinal);

    /// <summary>The receiver's own code where its words hold one: the status field is the reporter's reading of it, and often a vaguer one.</summary>
    private static string Choose(string status, ReplyInText reply, string? action)
    {
        if (reply.IsSpecific)
        {
            return reply.Status;
        }

        return status.Length > 0 ? status
            : reply.Code > 0 ? BounceText.ClassStatus(reply.Code)
            : action switch { "delayed" => "4.0.0", "delivered" or "relayed" or "expanded" => "2.0.0", _ => "5.0.0" };
    }
}
