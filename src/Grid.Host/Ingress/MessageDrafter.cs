using System.Globalization;
using Grid.Contracts.Enforcement;
using Grid.Core.Feedback;
using Grid.Core.Vocabulary;
using Grid.Grains.Ingress;
using Grid.Host.Api;
using Grid.Host.Api.Model;
using Grid.Host.Feedback;
using Grid.Host.Options;
using Grid.Mail.Mime;

namespace Grid.Host.Ingress;

/// <summary>
/// Makes submissions of what tenants send over HTTP, as fields or as a whole message.
/// In: the tenant, the message, the id that it is to have. Out: a <see cref="Draft"/>: the finished bytes with their recipients, or every fault.
/// Guarantees: nothing is kept; From is in one of the tenant's domains; addresses are valid; no value adds a header; each message names
/// itself in X-Grid-Ref, so that reports which return it can be matched; bulk mail without a way to unsubscribe gets one.
/// Fails with all faults listed; never throws on any values.
/// </summary>
public sealed class MessageDrafter(MessageToken tokens, OptOutLinks links, LimitOptions limits, TimeProvider clock)
{
    /// <summary>Header with the message's own token.</summary>
    public const string ReferenceHeader = "X-Grid-Ref";

    /// <summary>Names that begin so are Grid's own.</summary>
    public const string OwnHeaders = "X-Grid-";

    private const int MaxHeaders = 100;
    private const int MaxMetadataBytes = 4 * 1024;
    /// <summary>Longest campaign in characters.</summary>
    public const int MaxCampaign = 100;
    private static readonly TimeSpan MaxAhead = TimeSpan.FromDays(30);

    /// <summary>The token by which a returned message is known.</summary>
    public string Reference(MessageId id) => tokens.Sign(id, MessageToken.WholeMessage);

    /// <summary>The fields by which the recipients of bulk mail unsubscribe.</summary>
    public IEnumerable<KeyValuePair<string, string>> UnsubscribeHeaders(TenantSpec tenant, MessageId id, RecipientList recipients) =>
        links.HeadersFor(tenant.Id, id, recipients.All);

    /// <summary>The page where the recipients of bulk mail report abuse.</summary>
    public string ReportPage => links.ReportPage;

    /// <summary>A message given as fields.</summary>
    public Draft FromFields(TenantSpec tenant, OutgoingMessage message, MessageId id)
    {
        var faults = new Faults();
        var from = ReadFrom(tenant, message.From, faults);
        var recipients = new RecipientList(limits.MaxRecipients, faults);
        var to = recipients.Read("to", message.To);
        var cc = recipients.Read("cc", message.Cc);
        recipients.Read("bcc", message.Bcc);
        recipients.RequireOne();
        if (string.IsNullOrWhiteSpace(message.Subject))
        {
            faults.Add("subject", "is required");
        }

        if (string.IsNullOrEmpty(message.Text) && string.IsNullOrEmpty(message.Html))
        {
            faults.Add("text", "is required, or html");
        }

        var replyTo = ReadReplyTo(message.ReplyTo, faults);
        var stream = ReadStream(message.Stream, faults);
        var campaign = faults.OptionalText("campaign", message.Campaign, MaxCampaign);
        var sendAt = ReadSendAt(message.SendAt, faults);
        CheckMetadata(message, faults);
        var declared = DeclarationReader.FromFields(message, faults);
        var headers = ReadHeaders(message.Headers, id, faults);
        if (from is not null && faults.None && stream == MailStream.Bulk && !headers.Exists(static header => header.Key.Equals(OptOutLinks.Header, StringComparison.OrdinalIgnoreCase)))
        {
            headers.AddRange(UnsubscribeHeaders(tenant, id, recipients));
        }

        if (stream == MailStream.Bulk && !headers.Exists(static header => header.Key.Equals(OptOutLinks.ReportHeader, StringComparison.OrdinalIgnoreCase)))
        {
            headers.Add(new(OptOutLinks.ReportHeader, ReportPage));
        }

        var attachments = ReadAttachments(message.Attachments, faults);
        if (from is null)
        {
            return new Draft.Faulty(faults.Errors);
        }

        var composition = MessageComposer.Compose(new ComposedMessage
        {
            From = from,
            To = to,
            Cc = cc,
            ReplyTo = replyTo,
            Subject = message.Subject ?? "",
            Text = string.IsNullOrEmpty(message.Text) ? null : message.Text,
            Html = string.IsNullOrEmpty(message.Html) ? null : message.Html,
            Headers = headers,
            Attachments = attachments,
            MessageId = string.Concat(id.ToString(), "@", from.Address.Domain),
            Date = clock.GetUtcNow(),
        });
        if (composition is Composition.Refused refused)
        {
            AddFaults(refused, faults);
        }

        if (!faults.None || composition is not Composition.Done done)
        {
            return new Draft.Faulty(faults.Errors);
        }

        if (done.Bytes.Length > limits.MaxMessageBytes)
        {
            return new Draft.TooLarge(limits.MaxMessageBytes);
        }

        return new Draft.Ready(new Submission
        {
            Id = id,
            Body = done.Bytes,
            FromDomain = from.Address.Domain,
            Recipients = recipients.All,
            Stream = stream,
            Campaign = campaign,
            Details = DetailsWriter.Write(message.From, message.Subject, message.Metadata, declared),
            EightBit = done.IsEightBit,
            Utf8 = done.NeedsUtf8 || recipients.NeedUtf8,
            AnyTls = headers.Exists(static header => header.Key.Equals(TlsRequired.Field, StringComparison.OrdinalIgnoreCase) && TlsRequired.IsNo(header.Value)),
            SendAt = sendAt,
        })
        {
            Declared = declared,
        };
    }

    private static Mailbox? ReadFrom(TenantSpec tenant, string? text, Faults faults)
    {
        if (!Mailbox.TryParse(text, out var from))
        {
            faults.Add("from", string.IsNullOrWhiteSpace(text) ? "is required" : RecipientList.AddressRule);
            return null;
        }

        if (!SenderDomains.Allow(tenant, from.Address.Domain))
        {
            faults.Add("from", SenderDomains.Words(tenant), SenderDomains.Clause);
        }

        return from;
    }

    private static IReadOnlyList<Mailbox> ReadReplyTo(string? text, Faults faults)
    {
        if (text is null)
        {
            return [];
        }

        if (Mailbox.TryParse(text, out var mailbox))
        {
            return [mailbox];
        }

        faults.Add("replyTo", RecipientList.AddressRule);
        return [];
    }

    /// <summary>A stream's name; bulk where none is given.</summary>
    public static MailStream ReadStream(string? text, Faults faults)
    {
        if (text is not (null or "bulk" or "transactional"))
        {
            faults.Add("stream", "must be bulk or transactional");
        }

        return text == "transactional" ? MailStream.Transactional : MailStream.Bulk;
    }

    private DateTimeOffset? ReadSendAt(string? text, Faults faults)
    {
        if (text is null)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        if (!Instants.TryParse(text, out var at))
        {
            faults.Add("sendAt", Instants.Rule);
        }
        else if (at - now > MaxAhead)
        {
            faults.Add("sendAt", "must be at most 30 days ahead");
        }

        return at > now ? at : null;
    }

    private static void CheckMetadata(OutgoingMessage message, Faults faults)
    {
        if (message.Metadata is not { } metadata)
        {
            return;
        }

        if (metadata.ValueKind != System.Text.Json.JsonValueKind.Object)
        {
            faults.Add("metadata", "must be an object");
        }
        else if (System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(metadata).Length > MaxMetadataBytes)
        {
            faults.Add("metadata", $"must be at most {MaxMetadataBytes} bytes");
        }
    }

    private List<KeyValuePair<string, string>> ReadHeaders(IReadOnlyDictionary<string, string?>? given, MessageId id, Faults faults)
    {
        var headers = new List<KeyValuePair<string, string>>(1 + (given?.Count ?? 0)) { new(ReferenceHeader, Reference(id)) };
        if (given is null)
        {
            return headers;
        }

        if (given.Count > MaxHeaders)
        {
            faults.Add("headers", $"must be at most {MaxHeaders}");
            return headers;
        }

        foreach (var (name, value) in given)
        {
            if (name.StartsWith(OwnHeaders, StringComparison.OrdinalIgnoreCase))
            {
                faults.Add($"headers[{name}]", $"cannot be set: names that begin with {OwnHeaders} are the grid's own");
            }
            else if (value is null)
            {
                faults.Add($"headers[{name}]", "must be a text");
            }
            else
            {
                headers.Add(new(name, value));
            }
        }

        return headers;
    }

    private static List<Attachment> ReadAttachments(IReadOnlyList<OutgoingAttachment?>? given, Faults faults)
    {
        var attachments = new List<Attachment>(given?.Count ?? 0);
        for (var i = 0; i < attachments.Capacity; i++)
        {
            var field = string.Create(CultureInfo.InvariantCulture, $"attachments[{i}]");
            if (given![i] is not { } attachment)
            {
                faults.Add(field, "must be an object");
                continue;
            }

            if (attachment.Content is null)
            {
                faults.Add(field + ".content", "is required");
            }

            attachments.Add(new(
                attachment.Filename ?? "",
                attachment.ContentType ?? "application/octet-stream",
                attachment.Content,
                attachment.ContentId,
                attachment.ContentId is not null));
        }

        return attachments;
    }

    private static void AddFaults(Composition.Refused refused, Faults faults)
    {
        foreach (var fault in refused.Faults)
        {
            if (!faults.Has(fault.Field))
            {
                faults.Add(fault.Field, fault.Problem);
            }
        }
    }
}
