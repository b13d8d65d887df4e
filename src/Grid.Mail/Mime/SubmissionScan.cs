using System.Buffers;
using System.Globalization;
using System.Text;

namespace Grid.Mail.Mime;

/// <summary>One pass over a submitted message: its fields, and the properties of its bytes that decide on repair or refusal.</summary>
internal sealed class SubmissionScan
{
    private const int MaxFaults = 20;

    // A line's own end is cut off before the search; a TAB is a blank.
    private static readonly SearchValues<byte> HeaderControls =
        SearchValues.Create([.. Enumerable.Range(0, 32).Where(static c => c != '\t').Select(static c => (byte)c)]);

    private readonly int[] firstIndex = new int[(int)KnownField.Count];

    /// <summary>Every field in order.</summary>
    public List<FieldSpan> Fields { get; } = new(24);

    public List<MessageFault> Faults { get; } = [];

    /// <summary>Length of an mbox "From " line before the header; 0 where there is none.</summary>
    public int MailboxLineLength { get; private set; }

    /// <summary>Where the last field ends.</summary>
    public int HeaderEnd { get; private set; }

    /// <summary>Where the body begins: after the empty line.</summary>
    public int BodyStart { get; private set; }

    public bool HasBareLineEnds { get; private set; }

    public bool HasLongHeaderLines { get; private set; }

    public bool HasLongBodyLines { get; private set; }

    public bool IsHeaderAscii { get; private set; } = true;

    public bool IsBodyAscii { get; private set; } = true;

    public static SubmissionScan Run(ReadOnlySpan<byte> message)
    {
        var scan = new SubmissionScan();
        scan.ReadHeader(message);
        scan.ReadBody(message[scan.BodyStart..]);
        return scan;
    }

    public bool Has(KnownField field) => firstIndex[(int)field] > 0;

    /// <summary>The first field of a kind; only where <see cref="Has"/>.</summary>
    public FieldSpan First(KnownField field) => Fields[firstIndex[(int)field] - 1];

    public void Fault(string field, string problem)
    {
        if (Faults.Count < MaxFaults)
        {
            Faults.Add(new(field, problem));
        }
    }

    private void ReadHeader(ReadOnlySpan<byte> message)
    {
        var position = 0;
        while (position < message.Length)
        {
            if (position > MessageReader.MaxHeaderBytes || Fields.Count > MessageReader.MaxHeaderCount)
            {
                Fault("header", $"is over {MessageReader.MaxHeaderBytes} octets or {MessageReader.MaxHeaderCount} fields");
                break;
            }

            var line = NextLine(message[position..], out var length);
            if (line.Length == 0 && length > 0)
            {
                HeaderEnd = position;
                BodyStart = position + length;
                IsHeaderAscii = Ascii.IsValid(message[..HeaderEnd]);
                return;
            }

            ReadLine(line, position, length);
            position += length;
        }

        HeaderEnd = BodyStart = position;
        IsHeaderAscii = Ascii.IsValid(message[..position]);
    }

    private ReadOnlySpan<byte> NextLine(ReadOnlySpan<byte> rest, out int length)
    {
        var end = rest.IndexOfAny((byte)'\r', (byte)'\n');
        if (end < 0)
        {
            // A header that ends the message without a line end gets none in the envelope either: its last line is not whole.
            HasBareLineEnds = true;
            length = rest.Length;
            return rest;
        }

        var isWhole = rest[end] == '\r' && end + 1 < rest.Length && rest[end + 1] == '\n';
        HasBareLineEnds |= !isWhole;
        length = isWhole ? end + 2 : end + 1;
        return rest[..end];
    }

    private void ReadLine(ReadOnlySpan<byte> line, int position, int length)
    {
        HasLongHeaderLines |= line.Length > HeaderWriter.MaxLineLength;
        if (line.IndexOfAny(HeaderControls) is >= 0 and var control)
        {
            Fault("header", string.Create(CultureInfo.InvariantCulture, $"line at octet {position} has a control character (0x{line[control]:X2})"));
        }

        if (Characters.IsBlank(line[0]) && Fields.Count > 0)
        {
            Fields[^1] = Fields[^1] with { End = position + length };
            return;
        }

        var colon = line.IndexOf((byte)':');
        if (colon > 0 && Characters.IsFieldName(line[..colon].TrimEnd(" \t"u8)))
        {
            var field = KnownFields.Find(line[..colon].TrimEnd(" \t"u8));
            Fields.Add(new(field, position, position + colon + 1, position + length));
            if (firstIndex[(int)field] == 0)
            {
                firstIndex[(int)field] = Fields.Count;
            }
        }
        else if (position == 0 && line.StartsWith("From "u8))
        {
            MailboxLineLength = length;
        }
        else
        {
            Fault("header", string.Create(CultureInfo.InvariantCulture, $"line at octet {position} is no field: it has no name followed by a colon"));
        }
    }

    private void ReadBody(ReadOnlySpan<byte> body)
    {
        IsBodyAscii = Ascii.IsValid(body);
        var position = 0;
        while (true)
        {
            var rest = body[position..];
            var end = rest.IndexOfAny((byte)'\r', (byte)'\n', (byte)0);
            if (end < 0)
            {
                HasLongBodyLines |= rest.Length > HeaderWriter.MaxLineLength;
                return;
            }

            if (rest[end] == 0)
            {
                Fault("body", string.Create(CultureInfo.InvariantCulture, $"has a NUL octet at octet {BodyStart + position + end}"));
                return;
            }

            HasLongBodyLines |= end > HeaderWriter.MaxLineLength;
            var isWhole = rest[end] == '\r' && end + 1 < rest.Length && rest[end + 1] == '\n';
            HasBareLineEnds |= !isWhole;
            position += isWhole ? end + 2 : end + 1;
        }
    }
}
