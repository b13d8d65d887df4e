using System.Globalization;
using System.Text;

namespace Grid.Mail.Mime;

/// <summary>Finds what is wrong with a <see cref="ComposedMessage"/> before a byte of it is written.</summary>
internal ref struct CompositionCheck
{
    private const int MaxRecipients = 1000;
    private const int MaxReplyTo = 20;
    private const int MaxSubjectLength = 2000;
    private const int MaxHeaders = 200;
    private const int MaxHeaderNameLength = 76;
    private const int MaxHeaderValueLength = 10_000;
    private const int MaxAttachments = 200;
    private const int MaxFileNameLength = 255;
    private const int MaxIdLength = 250;

    private List<MessageFault>? faults;

    /// <summary>All faults; empty where the message is good.</summary>
    public static IReadOnlyList<MessageFault> Run(ComposedMessage message)
    {
        var check = new CompositionCheck();
        check.Check(message);
        return check.faults ?? (IReadOnlyList<MessageFault>)[];
    }

    private void Check(ComposedMessage message)
    {
        Name("from", message.From);
        Name("sender", message.Sender);
        Names("to", message.To);
        Names("cc", message.Cc);
        Names("replyTo", message.ReplyTo);
        if (message.To.Count + message.Cc.Count > MaxRecipients)
        {
            Add("to", $"to and cc together have more than {MaxRecipients} addresses");
        }

        if (message.ReplyTo.Count > MaxReplyTo)
        {
            Add("replyTo", $"has more than {MaxReplyTo} addresses");
        }

        Line("subject", message.Subject, MaxSubjectLength);
        if (!IsId(message.MessageId.AsSpan().TrimStart('<').TrimEnd('>')))
        {
            Add("messageId", "is not of the form id@domain");
        }

        if (message.Text is null && message.Html is null && message.Attachments.Count == 0)
        {
            Add("text", "give text, html or an attachment");
        }

        Headers(message.Headers);
        Attachments(message.Attachments);
    }

    private void Names(string field, IReadOnlyList<Mailbox> mailboxes)
    {
        for (var i = 0; i < mailboxes.Count; i++)
        {
            if (!Mailbox.IsName(mailboxes[i].Name))
            {
                Name(string.Create(CultureInfo.InvariantCulture, $"{field}[{i}]"), mailboxes[i]);
            }
        }
    }

    private void Name(string field, Mailbox? mailbox)
    {
        if (mailbox is not null)
        {
            Line(field, mailbox.Name, Mailbox.MaxNameLength);
        }
    }

    private void Headers(IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        if (headers.Count > MaxHeaders)
        {
            Add("headers", $"has more than {MaxHeaders} entries");
        }

        foreach (var (name, value) in headers)
        {
            if (!Characters.IsFieldName(name) || name.Length > MaxHeaderNameLength)
            {
                Add("headers", $"a name is not 1 to {MaxHeaderNameLength} printable ASCII characters without colon (RFC 5322 section 3.6.8)");
                continue;
            }

            var field = $"headers[{name}]";
            if (ReservedHeaders.Contains(name))
            {
                Add(field, "cannot be set here: the message's own fields or the mail system write it");
            }

            Line(field, value, MaxHeaderValueLength);
            if (Ascii.IsValid(value) && HeaderWriter.LongestWord(value) + name.Length + 2 > HeaderWriter.MaxLineLength)
            {
                Add(field, $"has no blank to fold at within {HeaderWriter.MaxLineLength} characters");
            }
        }
    }

    private void Attachments(IReadOnlyList<Attachment> attachments)
    {
        if (attachments.Count > MaxAttachments)
        {
            Add("attachments", $"has more than {MaxAttachments} entries");
        }

        for (var i = 0; i < attachments.Count; i++)
        {
            var attachment = attachments[i];
            var field = string.Create(CultureInfo.InvariantCulture, $"attachments[{i}]");
            Line(field + ".filename", attachment.FileName, MaxFileNameLength);
            if (attachment.FileName.Length == 0)
            {
                Add(field + ".filename", "is empty");
            }

            if (!MediaType.IsValid(attachment.ContentType))
            {
                Add(field + ".contentType", "is not a media type (RFC 2045), or is a multipart");
            }

            if (attachment.ContentId is { } id && !IsId(id, needsDomain: false))
            {
                Add(field + ".contentId", $"is not 1 to {MaxIdLength} printable ASCII characters without blanks and angle brackets");
            }
        }
    }

    private void Line(string field, string value, int maxLength)
    {
        if (value.AsSpan().IndexOfAny(Characters.HeaderControls) is >= 0 and var index)
        {
            Add(field, string.Create(CultureInfo.InvariantCulture, $"has a control character (U+{(int)value[index]:X4}) at position {index}"));
        }

        if (value.Length > maxLength)
        {
            Add(field, string.Create(CultureInfo.InvariantCulture, $"has {value.Length} characters, at most {maxLength} are allowed"));
        }
    }

    private static bool IsId(ReadOnlySpan<char> id, bool needsDomain = true) =>
        id.Length is > 0 and <= MaxIdLength
        && id.IndexOfAnyExceptInRange('!', '~') < 0
        && id.IndexOfAny('<', '>') < 0
        && (!needsDomain || (id.IndexOf('@') is > 0 and var at && at < id.Length - 1));

    private void Add(string field, string problem) => (faults ??= []).Add(new(field, problem));
}
