using System.Text;

namespace Grid.Mail.Mime;

/// <summary>The part of <see cref="SubmissionRepair"/> that works on header fields.</summary>
internal sealed class FieldRepair(ReadOnlyMemory<byte> raw, SubmissionScan scan, RepairOptions options)
{
    private Mailbox? from;

    public ByteEdits Edits { get; } = new();

    public MessageRepairs Repairs { get; private set; }

    private ReadOnlySpan<byte> Bytes => raw.Span;

    public void Run()
    {
        if (scan.MailboxLineLength > 0)
        {
            Edits.Remove(0, scan.MailboxLineLength);
            Repairs |= MessageRepairs.MailboxLineRemoved;
        }

        CheckFrom();
        for (var i = 0; i < scan.Fields.Count; i++)
        {
            Visit(scan.Fields[i]);
        }

        AddMissing();
    }

    /// <summary>Read from the finished header.</summary>
    public SubmissionFacts Facts(ReadOnlySpan<byte> message, int headerLength, bool isRepaired)
    {
        var date = scan.Has(KnownField.Date) ? MailDate.TryParse(Text(KnownField.Date), out var parsed) ? parsed : (DateTimeOffset?)null : options.Now;
        var autoSubmitted = Text(KnownField.AutoSubmitted);
        return new()
        {
            From = from!,
            Subject = scan.Has(KnownField.Subject) ? Words(scan.First(KnownField.Subject)) : "",
            MessageId = scan.Has(KnownField.MessageId) ? Text(KnownField.MessageId).Trim('<', '>', ' ') : options.MessageId,
            Date = date,
            IsEightBit = !(isRepaired && !scan.IsBodyAscii ? Ascii.IsValid(message[headerLength..]) : scan.IsBodyAscii),
            NeedsUtf8Headers = !(isRepaired && !scan.IsHeaderAscii ? Ascii.IsValid(message[..headerLength]) : scan.IsHeaderAscii),
            HeaderLength = headerLength,
            HasListUnsubscribe = scan.Has(KnownField.ListUnsubscribe),
            HasOneClickUnsubscribe = scan.Has(KnownField.ListUnsubscribePost),
            Precedence = Text(KnownField.Precedence).ToLowerInvariant(),
            IsTlsOptional = scan.Has(KnownField.TlsRequired) && scan.Fields.Count(field => field.Field == KnownField.TlsRequired) == 1 && TlsRequired.IsNo(Text(KnownField.TlsRequired)),
            AutoSubmitted = (autoSubmitted.IndexOfAny([' ', ';', '(']) is > 0 and var end ? autoSubmitted[..end] : autoSubmitted).ToLowerInvariant(),
        };
    }

    private string Text(KnownField field) => scan.Has(field) ? Text(scan.First(field)) : "";

    private string Text(FieldSpan field) => new HeaderField(field.Field.Name(), raw[field.ValueStart..field.End]).Value;

    /// <summary>An unstructured field as it is read, and as it is written anew: a TAB is a blank.</summary>
    private string Words(FieldSpan field) => EncodedWord.Decode(Text(field)).Replace('\t', ' ');

    private void CheckFrom()
    {
        if (!scan.Has(KnownField.From))
        {
            scan.Fault("From", "is missing (RFC 5322 section 3.6)");
            return;
        }

        var mailboxes = MailboxParser.Parse(Text(KnownField.From));
        if (mailboxes.Count > 1)
        {
            scan.Fault("From", "names several authors; give one");
        }
        else if (mailboxes.Count == 0 || !EmailAddress.TryParseBare(mailboxes[0].Address, out var address))
        {
            scan.Fault("From", "holds no address that can be answered (RFC 5321 section 4.1.2)");
        }
        else
        {
            from = new(mailboxes[0].Name, address);
        }
    }

    private void Visit(FieldSpan field)
    {
        if (field.Field is KnownField.Bcc or KnownField.ReturnPath)
        {
            Edits.Remove(field.Start, field.Length);
            Repairs |= field.Field == KnownField.Bcc ? MessageRepairs.BccRemoved : MessageRepairs.ReturnPathRemoved;
        }
        else if (field.Field.IsUnique() && scan.First(field.Field) != field)
        {
            MergeDuplicate(field);
        }
        else if (!scan.IsHeaderAscii && !Ascii.IsValid(Bytes[field.Start..field.End]))
        {
            EncodeText(field);
        }
    }

    private void MergeDuplicate(FieldSpan field)
    {
        var first = scan.First(field.Field);
        var value = Bytes[field.ValueStart..field.End].Trim(" \t\r\n"u8);
        if (!value.SequenceEqual(Bytes[first.ValueStart..first.End].Trim(" \t\r\n"u8)))
        {
            if (!field.Field.CanJoin() || Edits.Covers(first.Start))
            {
                scan.Fault(field.Field.Name(), "stands more than once, with different values (RFC 5322 section 3.6)");
                return;
            }

            if (value.Length > 0 && Ascii.IsValid(value))
            {
                ReadOnlySpan<byte> joint = field.Field.IsAddressList() ? ",\r\n "u8 : "\r\n "u8;
                Edits.Insert(LastContent(first), (byte[])[.. joint, .. value]);
            }
        }

        Edits.Remove(field.Start, field.Length);
        Repairs |= MessageRepairs.DuplicatesMerged;
    }

    private int LastContent(FieldSpan field) => field.ValueStart + Bytes[field.ValueStart..field.End].TrimEnd(" \t\r\n"u8).Length;

    /// <summary>Raw octets above 127 as encoded words, where the field's syntax has room for words.</summary>
    private void EncodeText(FieldSpan field)
    {
        if (options.KeepsUtf8Headers && Charset.IsUtf8(Bytes[field.Start..field.End]))
        {
            return;
        }

        var name = Encoding.ASCII.GetString(Bytes[field.Start..(field.ValueStart - 1)].TrimEnd(" \t"u8));
        using var buffer = new MimeBuffer(field.Length * 3 + 64);
        var writer = new HeaderWriter(buffer);
        writer.Begin(name);
        if (field.Field.IsAddressList())
        {
            if (!TryWriteAddresses(ref writer, Text(field)))
            {
                return;
            }
        }
        else if (IsStructured(name))
        {
            return;
        }
        else
        {
            writer.Unstructured(Words(field));
        }

        writer.End();
        Edits.Replace(field.Start, field.Length, buffer.ToArray());
        Repairs |= MessageRepairs.HeaderTextEncoded;
    }

    private static bool TryWriteAddresses(ref HeaderWriter writer, string value)
    {
        var mailboxes = MailboxParser.Parse(value);
        if (mailboxes.Count == MailboxParser.MaxMailboxes)
        {
            return false;
        }

        var sendable = new List<Mailbox>(mailboxes.Count);
        foreach (var mailbox in mailboxes)
        {
            if (!EmailAddress.TryParseBare(mailbox.Address, out var address) || address.NeedsUtf8 || !Mailbox.IsName(mailbox.Name))
            {
                return false;
            }

            sendable.Add(new(mailbox.Name, address));
        }

        for (var i = 0; i < sendable.Count; i++)
        {
            writer.Mailbox(sendable[i], i < sendable.Count - 1 ? "," : "");
        }

        return true;
    }

    private static bool IsStructured(string name) =>
        name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Resent-", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("ARC-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("List-", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Received", StringComparison.OrdinalIgnoreCase) || name.Equals("DKIM-Signature", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Authentication-Results", StringComparison.OrdinalIgnoreCase)
        || KnownFields.Find(Encoding.ASCII.GetBytes(name)) is not (KnownField.Other or KnownField.Subject);

    private void AddMissing()
    {
        if (!scan.Has(KnownField.Date))
        {
            Span<char> date = stackalloc char[40];
            Append("Date", date[..MessageComposer.FormatDate(options.Now, date)], MessageRepairs.DateAdded);
        }

        if (!scan.Has(KnownField.MessageId))
        {
            Append("Message-ID", $"<{options.MessageId}>", MessageRepairs.MessageIdAdded);
        }

        if (scan.IsBodyAscii && !scan.Has(KnownField.ContentType) && !scan.Has(KnownField.TransferEncoding))
        {
            return;
        }

        if (!scan.Has(KnownField.MimeVersion))
        {
            Append("MIME-Version", "1.0", MessageRepairs.MimeHeadersAdded);
        }

        if (!scan.Has(KnownField.ContentType) && !scan.IsBodyAscii && !scan.Has(KnownField.TransferEncoding))
        {
            Append("Content-Type", Charset.IsUtf8(Bytes[scan.BodyStart..]) ? "text/plain; charset=utf-8" : "text/plain; charset=iso-8859-1", MessageRepairs.MimeHeadersAdded);
        }

        // Without it the body counts as 7bit. Parts of a multipart speak for themselves.
        if (!scan.IsBodyAscii && !scan.HasLongBodyLines && !scan.Has(KnownField.TransferEncoding) && !Text(KnownField.ContentType).StartsWith("m", StringComparison.OrdinalIgnoreCase))
        {
            Append("Content-Transfer-Encoding", "8bit", MessageRepairs.MimeHeadersAdded);
        }
    }

    private void Append(string name, ReadOnlySpan<char> value, MessageRepairs repair)
    {
        Edits.Insert(scan.HeaderEnd, Encoding.ASCII.GetBytes($"{name}: {value}\r\n"));
        Repairs |= repair;
    }
}
