using Grid.Mail.Mime;

namespace Grid.Mail.Feedback;

/// <summary>
/// Reads what comes back: bounces, feedback-loop complaints, delays, abuse reports, unsubscribe mails.
/// In: a received message as bytes. Out: a <see cref="FeedbackReport"/>; of kind None for anything else.
/// Guarantees: judges by form, never by trust: whether the sender may say so, and which message of ours it is about, is the caller's
/// to establish; an auto-reply is never a bounce; never throws, linear time, at most <see cref="MaxReports"/> recipients.
/// What cannot be read is of kind None; a bounce whose recipient is not named gives a report with an empty recipient.
/// </summary>
public static class FeedbackReader
{
    /// <summary>Recipients taken from one report; further ones are dropped.</summary>
    public const int MaxReports = 200;

    private const int MaxStatusLength = 1024 * 1024;

    /// <summary>Reads one message.</summary>
    public static FeedbackReport Read(ReadOnlyMemory<byte> message)
    {
        var entity = MessageReader.Read(message);
        var report = Read(entity);
        return report with
        {
            ReturnedMessageId = report.ReturnedMessageId ?? MessageIdOf(report.ReturnedHeaders) ?? Bracketed(entity.Header("In-Reply-To")?.Value),
            ReturnedReturnPath = report.ReturnedHeaders.FirstOrDefault(static h => h.Is("Return-Path"))?.Value.Trim('<', '>', ' '),
            IsAutoReply = report.Kind == FeedbackKind.None && BounceEvidence.IsAutoReply(entity),
        };
    }

    private static FeedbackReport Read(MimeEntity message)
    {
        var notice = Notice.Of(message);
        if (message.Descendants().FirstOrDefault(static p => p.ContentType.Value == "message/feedback-report") is { } feedback)
        {
            return ComplaintReader.ReadArf(feedback, notice.Returned);
        }

        return ReadStatus(message, notice)
            ?? ReadForwarded(message)
            ?? ComplaintReader.ReadXarf(message, notice.Returned)
            ?? ComplaintReader.ReadAttachedMessage(message, notice.Returned)
            ?? NotificationReader.Read(notice.Text)
            ?? ReadUnsubscribe(message, notice)
            ?? ReadText(message, notice)
            ?? ReadAbuse(message, notice)
            ?? new FeedbackReport { Kind = FeedbackKind.None, ReturnedHeaders = notice.Returned };
    }

    private static FeedbackReport? ReadStatus(MimeEntity message, Notice notice)
    {
        var part = Report(message).FirstOrDefault(static p => p.ContentType.Value is "message/delivery-status" or "message/global-delivery-status");
        if (part is null && !notice.Whole.Contains("Final-Recipient:", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var text = part is null ? notice.Whole : Charset.DecodeUnknown(part.DecodedBody());
        var reports = DeliveryStatusReader.Read(text.Length > MaxStatusLength ? text[..MaxStatusLength] : text, notice, out var fields);
        if (reports.Count == 0)
        {
            return null;
        }

        return new()
        {
            Kind = KindOf(reports),
            Reports = reports,
            ReturnedHeaders = notice.Returned,
            ReturnedMessageId = MessageIdOf(notice.Returned) ?? Bracketed(fields["X-Original-Message-ID"]),
            OriginalEnvelopeId = fields["Original-Envelope-Id"],
            Reporter = fields["Reporting-MTA"] is { } mta ? DeliveryStatusReader.Untyped(mta) : null,
        };
    }

    /// <summary>A report that came inside another message, as some gateways pass it on.</summary>
    private static FeedbackReport? ReadForwarded(MimeEntity message)
    {
        var inner = Report(message).Where(static p => p.ContentType.IsMessage && p.Parts.Count > 0).Select(static p => p.Parts[0]).FirstOrDefault();
        return inner?.ContentType.Value == "multipart/report" && Read(inner) is { Kind: not FeedbackKind.None } report ? report : null;
    }

    /// <summary>The parts of the report itself: a message that it returns may be a report too.</summary>
    private static IEnumerable<MimeEntity> Report(MimeEntity entity) =>
        entity.ContentType.IsMessage ? [entity] : entity.Parts.SelectMany(Report).Prepend(entity);

    private static FeedbackKind KindOf(List<RecipientReport> reports) =>
        reports.Exists(static r => r.Action is "failed" or null) ? FeedbackKind.Bounce
        : reports.Exists(static r => r.Action is "delayed") ? FeedbackKind.Delayed
        : FeedbackKind.None;

    private static FeedbackReport? ReadUnsubscribe(MimeEntity message, Notice notice)
    {
        var subject = message.Header("Subject")?.Text.Trim() ?? "";
        var isAsked = subject.Equals("unsubscribe", StringComparison.OrdinalIgnoreCase)
            || subject.Length == 0 && notice.Text.Trim().Equals("unsubscribe", StringComparison.OrdinalIgnoreCase);
        if (!isAsked || BounceEvidence.IsFromRobot(message))
        {
            return null;
        }

        var from = MailboxParser.Parse(message.Header("From")?.Value ?? "");
        return new() { Kind = FeedbackKind.Unsubscribe, Reports = [new() { Recipient = from.Count == 1 ? from[0].Address : "", FeedbackType = "opt-out" }] };
    }

    private static FeedbackReport? ReadText(MimeEntity message, Notice notice)
    {
        var isNamed = message.Header("X-Failed-Recipients") is not null;
        var signs = (BounceEvidence.IsFromRobot(message) ? 1 : 0)
            + (BounceEvidence.HasFailureSubject(message) ? 1 : 0)
            + (BounceEvidence.SpeaksOfFailure(notice.Text) || BounceEvidence.NamesRecipient(notice.Text) ? 1 : 0)
            + (message.Header("Return-Path")?.Value == "<>" ? 1 : 0)
            + (notice.Returned.Count > 0 && BounceEvidence.SpeaksOfDelivery(notice.Text) ? 1 : 0);
        if (!isNamed && signs < 2 || BounceEvidence.HasAutoReplySubject(message))
        {
            return null;
        }

        var reports = BounceTextReader.Read(message, notice);
        return reports.Count == 0 ? null : new() { Kind = KindOf(reports), Reports = reports, ReturnedHeaders = notice.Returned };
    }

    /// <summary>A person's letter about a message that they attach.</summary>
    private static FeedbackReport? ReadAbuse(MimeEntity message, Notice notice)
    {
        var subject = message.Header("Subject")?.Text ?? "";
        var isAbuse = notice.Returned.Count > 0 && (subject.Contains("abuse", StringComparison.OrdinalIgnoreCase) || subject.Contains("spam", StringComparison.OrdinalIgnoreCase))
            || MailboxParser.Parse(message.Header("To")?.Value ?? "").Any(static m => m.LocalPart.Equals("abuse", StringComparison.OrdinalIgnoreCase));
        return isAbuse && !BounceEvidence.IsAutoReply(message) ? new() { Kind = FeedbackKind.Abuse, ReturnedHeaders = notice.Returned } : null;
    }

    private static string? MessageIdOf(IReadOnlyList<HeaderField> headers) => Bracketed(headers.FirstOrDefault(static h => h.Is("Message-ID"))?.Value);

    private static string? Bracketed(string? value)
    {
        if (value is null)
        {
            return null;
        }

        var open = value.IndexOf('<');
        var close = open < 0 ? -1 : value.IndexOf('>', open);
        var id = (close < 0 ? value : value[(open + 1)..close]).Trim();
        return id.Length is > 0 and <= 998 ? id : null;
    }
}
