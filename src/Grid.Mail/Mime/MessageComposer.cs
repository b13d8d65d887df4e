using System.Globalization;

namespace Grid.Mail.Mime;

/// <summary>
/// Composes a whole message (RFC 5322, RFC 2045 to 2047, RFC 2231).
/// In: a <see cref="ComposedMessage"/> of plain values. Out: its bytes, with CRLF line ends.
/// Guarantees: no value can add a header or a line (controls are refused, everything else is encoded or quoted); no line is longer
/// than 998 octets; lines fold at 78 where there is a blank; text and HTML arrive character for character, line ends aside; the
/// result is pure ASCII unless an attached message or a local part is not; equal input gives equal bytes.
/// Fails with all faults listed, each with its field's name; never throws on any values.
/// </summary>
public static class MessageComposer
{
    /// <summary>Checks and composes.</summary>
    public static Composition Compose(ComposedMessage message)
    {
        var faults = CompositionCheck.Run(message);
        if (faults.Count > 0)
        {
            return new Composition.Refused(faults);
        }

        using var buffer = new MimeBuffer(EstimateLength(message));
        var writer = new HeaderWriter(buffer);
        WriteHeader(ref writer, message);
        var body = new BodyWriter(buffer, message.MessageId);
        body.Write(message);
        return new Composition.Done(buffer.ToArray(), body.IsEightBit, NeedsUtf8(message));
    }

    private static int EstimateLength(ComposedMessage message)
    {
        var length = 2048L + (message.Text?.Length ?? 0) * 5L / 4 + (message.Html?.Length ?? 0) * 5L / 4;
        foreach (var attachment in message.Attachments)
        {
            length += attachment.Content.Length * 7L / 5 + 512;
        }

        return (int)Math.Min(length, Array.MaxLength);
    }

    private static void WriteHeader(ref HeaderWriter writer, ComposedMessage message)
    {
        writer.Begin("Date");
        Span<char> date = stackalloc char[40];
        writer.Token(date[..FormatDate(message.Date, date)]);
        writer.End();
        WriteMailboxes(ref writer, "From", [message.From]);
        if (message.Sender is not null)
        {
            WriteMailboxes(ref writer, "Sender", [message.Sender]);
        }

        WriteMailboxes(ref writer, "Reply-To", message.ReplyTo);
        WriteMailboxes(ref writer, "To", message.To);
        WriteMailboxes(ref writer, "Cc", message.Cc);
        if (message.To.Count + message.Cc.Count == 0)
        {
            writer.Begin("To");
            writer.Token("undisclosed-recipients:;");
            writer.End();
        }

        writer.Begin("Message-ID");
        var id = message.MessageId;
        writer.Token(id.StartsWith('<') ? id : $"<{id}>");
        writer.End();
        writer.Begin("Subject");
        writer.Unstructured(message.Subject);
        writer.End();
        foreach (var (name, value) in message.Headers)
        {
            writer.Begin(name);
            writer.Unstructured(value);
            writer.End();
        }

        writer.Begin("MIME-Version");
        writer.Token("1.0");
        writer.End();
    }

    /// <summary>RFC 5322 section 3.3; 31 characters at most.</summary>
    internal static int FormatDate(DateTimeOffset date, Span<char> to)
    {
        date.TryFormat(to, out var length, "ddd, dd MMM yyyy HH':'mm':'ss ", CultureInfo.InvariantCulture);
        var minutes = (int)Math.Abs(date.Offset.TotalMinutes);
        to[length..].TryWrite(CultureInfo.InvariantCulture, $"{(date.Offset < TimeSpan.Zero ? '-' : '+')}{minutes / 60:00}{minutes % 60:00}", out var zone);
        return length + zone;
    }

    private static void WriteMailboxes(ref HeaderWriter writer, string name, IReadOnlyList<Mailbox> mailboxes)
    {
        if (mailboxes.Count == 0)
        {
            return;
        }

        writer.Begin(name);
        for (var i = 0; i < mailboxes.Count; i++)
        {
            writer.Mailbox(mailboxes[i], i < mailboxes.Count - 1 ? "," : "");
        }

        writer.End();
    }

    private static bool NeedsUtf8(ComposedMessage message) =>
        message.From.Address.NeedsUtf8 || message.Sender?.Address.NeedsUtf8 == true || AnyNeedsUtf8(message.To) || AnyNeedsUtf8(message.Cc) || AnyNeedsUtf8(message.ReplyTo);

    private static bool AnyNeedsUtf8(IReadOnlyList<Mailbox> mailboxes)
    {
        foreach (var mailbox in mailboxes)
        {
            if (mailbox.Address.NeedsUtf8)
            {
                return true;
            }
        }

        return false;
    }
}
