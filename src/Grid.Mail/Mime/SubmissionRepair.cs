namespace Grid.Mail.Mime;

/// <summary>
/// Judges a message that came whole, over SMTP or HTTP, and puts right what is safe to.
/// In: the raw bytes. Out: <see cref="RepairResult"/>: the bytes to send and what they say, or every fault.
/// Guarantees: a message that needs nothing goes on as the same memory, byte for byte; repairs touch the header only, but for bare
/// line ends (where the source may have them) and for parts with lines over 998 octets, which are re-encoded and decode to the same
/// octets; a repaired message needs no further repair; one pass over the header and one over the body.
/// Fails (refuses) on: no From, an unreadable one, or several authors; NUL octets; bare CR or LF from SMTP; a header line that is no
/// field, or has controls; a header over 256 KiB or 1,000 fields; more than 20 nested levels; lines over 998 octets that cannot be
/// mended (inside a signed part, or without a blank in a header); a field repeated that RFC 5322 section 3.6 allows once.
/// Tolerated of repeated fields, as real mail has them: equal copies (all but one are removed), and To, Cc, Reply-To, References and
/// In-Reply-To, whose lists are joined. Tolerated too: blanks before a colon, an unreadable Date, an mbox line at the top.
/// </summary>
public static class SubmissionRepair
{
    /// <summary>Judges and repairs; never throws on any bytes.</summary>
    public static RepairResult Repair(ReadOnlyMemory<byte> raw, RepairOptions options)
    {
        var scan = SubmissionScan.Run(raw.Span);
        var repairs = MessageRepairs.None;
        if (scan.HasBareLineEnds && options.NormalizesLineEnds)
        {
            using var buffer = new MimeBuffer(raw.Length + raw.Length / 16);
            TextLines.Normalize(raw.Span, buffer);
            if (scan.BodyStart == raw.Length && !buffer.Written.EndsWith("\r\n"u8))
            {
                buffer.Write("\r\n"u8);
            }

            raw = buffer.ToArray();
            scan = SubmissionScan.Run(raw.Span);
            repairs = MessageRepairs.LineEndsNormalized;
        }
        else if (scan.HasBareLineEnds)
        {
            scan.Fault("body", "has CR or LF that is not part of a CRLF line end");
        }

        var fields = new FieldRepair(raw, scan, options);
        fields.Run();
        if (scan.Faults.Count > 0)
        {
            return new RepairResult.Refused(scan.Faults);
        }

        var lines = new LineRepair(raw, scan, fields.Edits);
        repairs |= fields.Repairs | lines.Run();
        if (scan.Faults.Count > 0)
        {
            return new RepairResult.Refused(scan.Faults);
        }

        var headerLength = scan.BodyStart + fields.Edits.GrowthWithin(scan.HeaderEnd);
        var isRepaired = !fields.Edits.IsEmpty;
        if (isRepaired)
        {
            raw = fields.Edits.Apply(raw.Span);
        }

        return new RepairResult.Repaired(raw, repairs, fields.Facts(raw.Span, headerLength, isRepaired));
    }
}
