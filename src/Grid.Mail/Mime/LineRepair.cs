using System.Globalization;
using System.Text;

namespace Grid.Mail.Mime;

/// <summary>The part of <see cref="SubmissionRepair"/> that works on nesting and on lines over 998 octets (RFC 5322 section 2.1.1).</summary>
internal sealed class LineRepair(ReadOnlyMemory<byte> raw, SubmissionScan scan, ByteEdits edits)
{
    private MessageRepairs repairs;

    public MessageRepairs Run()
    {
        if (scan.HasLongHeaderLines)
        {
            FoldFields();
        }

        if (scan.HasLongBodyLines || IsNested())
        {
            var root = MessageReader.Read(raw[scan.MailboxLineLength..]);
            if (root.Defects.HasFlag(MessageDefects.TooDeep))
            {
                scan.Fault("body", string.Create(CultureInfo.InvariantCulture, $"is nested deeper than {MessageReader.MaxDepth} levels"));
            }
            else if (scan.HasLongBodyLines)
            {
                Reencode(root, isSealed: false);
            }
        }

        if (scan.HasLongHeaderLines || scan.HasLongBodyLines)
        {
            CheckResult();
        }

        return repairs;
    }

    private bool IsNested()
    {
        if (!scan.Has(KnownField.ContentType))
        {
            return false;
        }

        var field = scan.First(KnownField.ContentType);
        var value = raw.Span[field.ValueStart..field.End].TrimStart(" \t\r\n"u8);
        return value.Length > 9 && Ascii.EqualsIgnoreCase(value[..8], "message/"u8) || value.Length > 10 && Ascii.EqualsIgnoreCase(value[..10], "multipart/"u8);
    }

    private void FoldFields()
    {
        foreach (var field in scan.Fields)
        {
            var start = edits.Covers(field.Start) ? field.End : field.Start;
            while (start < field.End)
            {
                var next = raw.Span[start..field.End].IndexOf("\r\n"u8);
                var end = next < 0 ? field.End : start + next;
                if (end - start > HeaderWriter.MaxLineLength)
                {
                    FoldLine(start, end);
                }

                start = end + 2;
            }
        }
    }

    private void FoldLine(int start, int end)
    {
        var line = raw.Span[start..end].TrimEnd(" \t"u8);
        while (line.Length > HeaderWriter.MaxLineLength)
        {
            // After the line's first word, so that no line is left blank.
            var firstWord = line.Length - line.TrimStart(" \t"u8).Length;
            var blank = line[..(HeaderWriter.MaxLineLength + 1)].LastIndexOfAny((byte)' ', (byte)'\t');
            while (blank > firstWord && Characters.IsBlank(line[blank - 1]))
            {
                blank--;
            }

            if (blank <= firstWord)
            {
                scan.Fault("header", string.Create(CultureInfo.InvariantCulture, $"line at octet {start} is over {HeaderWriter.MaxLineLength} octets and has no blank to fold at"));
                return;
            }

            edits.Insert(start + blank, "\r\n"u8.ToArray());
            repairs |= MessageRepairs.HeadersFolded;
            line = line[blank..];
            start += blank;
        }
    }

    /// <summary>Gives parts with long lines an encoding that has none. What is signed or encrypted must not be touched.</summary>
    private void Reencode(MimeEntity entity, bool isSealed)
    {
        isSealed |= entity.ContentType.Value is "multipart/signed" or "multipart/encrypted";
        foreach (var part in entity.Parts)
        {
            Reencode(part, isSealed);
        }

        if (entity.Parts.Count == 0 && !isSealed && HasLongLine(entity.Body.Span)
            && raw.Span.Overlaps(entity.Whole.Span, out var offset) && TryReencode(entity, offset))
        {
            repairs |= MessageRepairs.PartsReencoded;
        }
    }

    private bool TryReencode(MimeEntity part, int offset)
    {
        var present = part.Header("Content-Transfer-Encoding");
        if (present is not null && present.Value.ToLowerInvariant() is not ("" or "7bit" or "8bit" or "binary"))
        {
            return false;
        }

        var encoding = part.ContentType.IsText ? TransferEncoding.QuotedPrintable : TransferEncoding.Base64;
        using var buffer = new MimeBuffer(part.Body.Length + part.Body.Length / 2);
        if (encoding == TransferEncoding.QuotedPrintable)
        {
            QuotedPrintable.Encode(part.Body.Span, buffer);
        }
        else
        {
            Base64Text.Encode(part.Body.Span, buffer);
        }

        // The header first: where it has no empty line, both edits begin at one place.
        WriteEncoding(part, offset, present, encoding);
        edits.Replace(offset + part.BodyStart, part.Body.Length, buffer.ToArray());
        return true;
    }

    private void WriteEncoding(MimeEntity part, int offset, HeaderField? present, TransferEncoding encoding)
    {
        if (present is not null && raw.Span.Overlaps(present.Raw.Span, out var value))
        {
            edits.Replace(value, present.Raw.Length, Encoding.ASCII.GetBytes(" " + encoding.Name()));
            return;
        }

        var header = part.HeaderSection.Span;
        var isWhole = header.EndsWith("\r\n\r\n"u8) || header.SequenceEqual("\r\n"u8);
        var line = $"Content-Transfer-Encoding: {encoding.Name()}\r\n";
        if (offset == scan.MailboxLineLength && !scan.Has(KnownField.MimeVersion) && !scan.Has(KnownField.ContentType) && scan.IsBodyAscii)
        {
            line = "MIME-Version: 1.0\r\n" + line;
        }

        edits.Insert(offset + (isWhole ? part.BodyStart - 2 : part.BodyStart), Encoding.ASCII.GetBytes(isWhole ? line : line + "\r\n"));
    }

    private void CheckResult()
    {
        if (scan.Faults.Count == 0 && HasLongLine(edits.Apply(raw.Span)))
        {
            scan.Fault("body", string.Create(CultureInfo.InvariantCulture, $"has a line over {HeaderWriter.MaxLineLength} octets that can be neither folded nor re-encoded"));
        }
    }

    private static bool HasLongLine(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > HeaderWriter.MaxLineLength)
        {
            var end = bytes.IndexOf("\r\n"u8);
            if (end < 0 || end > HeaderWriter.MaxLineLength)
            {
                return true;
            }

            bytes = bytes[(end + 2)..];
        }

        return false;
    }
}
