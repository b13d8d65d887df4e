using Grid.Mail.Mime;

namespace Grid.Mail.Feedback;

/// <summary>Reads feedback reports: RFC 5965, Microsoft's form of a bare attached message, and X-ARF.</summary>
internal static class ComplaintReader
{
    private const string MicrosoftRecipient = "X-HmXmrOriginalRecipient";

    /// <summary>A message/feedback-report part with its neighbours.</summary>
    public static FeedbackReport ReadArf(MimeEntity part, IReadOnlyList<HeaderField> returned)
    {
        var groups = ReportFields.Read(Charset.DecodeUnknown(part.DecodedBody()), "Feedback-Type");
        var fields = groups.Count > 0 ? groups[0] : new();
        var type = (fields["Feedback-Type"] ?? "other").ToLowerInvariant();
        var rcptTo = fields.All("Original-Rcpt-To").SelectMany(MailboxParser.Parse).Select(static m => m.Address).Where(static a => a.Length > 0).Take(FeedbackReader.MaxReports).ToList();
        return new()
        {
            Kind = KindOf(type),
            Reports = Recipients(rcptTo, returned, type, fields["Authentication-Results"]),
            ReturnedHeaders = returned,
            OriginalEnvelopeId = fields["Original-Envelope-Id"],
            OriginalMailFrom = fields["Original-Mail-From"]?.Trim('<', '>', ' '),
            OriginalRcptTo = rcptTo,
            ReportedDomain = fields["Reported-Domain"]?.ToLowerInvariant(),
            SourceIp = fields["Source-IP"],
            Reporter = fields["User-Agent"] ?? fields["Reporting-MTA"],
        };
    }

    /// <summary>A complaint that is nothing but the message complained of, with the recipient in a header of its own; null where it is none.</summary>
    public static FeedbackReport? ReadAttachedMessage(MimeEntity message, IReadOnlyList<HeaderField> returned)
    {
        var recipient = returned.FirstOrDefault(static h => h.Is(MicrosoftRecipient));
        var subject = message.Header("Subject")?.Text ?? "";
        if (recipient is null && !(returned.Count > 0 && subject.StartsWith("complaint about message from", StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        var rcptTo = recipient is null ? [] : MailboxParser.Parse(recipient.Value).Select(static m => m.Address).Take(1).ToList();
        var words = subject.Split(' ');
        return new()
        {
            Kind = FeedbackKind.Complaint,
            Reports = Recipients(rcptTo, returned, "abuse", null),
            ReturnedHeaders = returned,
            OriginalRcptTo = rcptTo,
            SourceIp = System.Net.IPAddress.TryParse(words[^1].Trim('[', ']'), out var ip) ? ip.ToString() : null,
        };
    }

    /// <summary>X-ARF: a text part of YAML-like fields, announced by a header; null where it is none.</summary>
    public static FeedbackReport? ReadXarf(MimeEntity message, IReadOnlyList<HeaderField> returned)
    {
        if (message.Header("X-XARF") is null && message.Header("X-ARF") is null)
        {
            return null;
        }

        foreach (var part in message.Descendants().Where(static p => p.ContentType.IsText))
        {
            var fields = ReportFields.Read(part.Text(), "Report-Type").Find(static g => g["Report-Type"] is not null);
            if (fields is not null)
            {
                var type = fields["Report-Type"]!.ToLowerInvariant();
                return new()
                {
                    Kind = type is "spam" or "abuse" or "fraud" ? FeedbackKind.Complaint : FeedbackKind.Abuse,
                    Reports = Recipients([], returned, type, fields["Category"]),
                    ReturnedHeaders = returned,
                    SourceIp = fields["Source"] is { } source && System.Net.IPAddress.TryParse(source, out var ip) ? ip.ToString() : null,
                    Reporter = fields["User-Agent"],
                };
            }
        }

        return null;
    }

    public static FeedbackKind KindOf(string type) => type switch
    {
        "not-spam" => FeedbackKind.None,
        "auth-failure" => FeedbackKind.Abuse,
        "opt-out" or "opt-out-list" => FeedbackKind.Unsubscribe,
        _ => FeedbackKind.Complaint,
    };

    private static List<RecipientReport> Recipients(List<string> rcptTo, IReadOnlyList<HeaderField> returned, string type, string? diagnostic)
    {
        var addresses = rcptTo.Count > 0 ? rcptTo : Returned(returned);
        return addresses.Select(a => new RecipientReport { Recipient = a, FeedbackType = type, Diagnostic = diagnostic is null ? null : BounceText.OneLine(diagnostic) }).ToList();
    }

    /// <summary>The one whom the copy was for, where the report does not say; an empty address where that was redacted.</summary>
    private static List<string> Returned(IReadOnlyList<HeaderField> returned)
    {
        var to = returned.FirstOrDefault(static h => h.Is("To"));
        var mailboxes = to is null ? [] : MailboxParser.Parse(to.Value);
        return [mailboxes.Count == 1 && mailboxes[0].Address.Contains('@') ? mailboxes[0].Address : ""];
    }
}
