using System.Text;

namespace Grid.Mail.Mime;

/// <summary>
/// Reads a received message (RFC 5322, RFC 2045 to 2047) into a tree of parts.
/// In: any bytes. Out: a <see cref="MimeEntity"/> over the same memory; nothing is copied but a message whose only line ends are bare CR.
/// Never throws and takes linear time: depth, parts, header size and header count are bounded (the constants below), and what lies
/// beyond a bound stays unread and is named in <see cref="MimeEntity.Defects"/>. Line ends may be CRLF or LF; a multipart may lack
/// its boundary or its end.
/// </summary>
public sealed class MessageReader
{
    /// <summary>Levels of nesting, the message itself being the first.</summary>
    public const int MaxDepth = 20;

    /// <summary>Parts of the whole message.</summary>
    public const int MaxParts = 1000;

    /// <summary>Bytes of one header section.</summary>
    public const int MaxHeaderBytes = 256 * 1024;

    /// <summary>Fields of one header section.</summary>
    public const int MaxHeaderCount = 1000;

    /// <summary>Fields of the whole message, all parts together.</summary>
    public const int MaxTotalHeaderCount = 10_000;

    private const int MaxBoundaryLength = 200;

    private MessageDefects defects;
    private int partCount;
    private int fieldCount;

    private MessageReader()
    {
    }

    /// <summary>Reads a whole message.</summary>
    public static MimeEntity Read(ReadOnlyMemory<byte> message)
    {
        var reader = new MessageReader();
        var root = reader.ReadEntity(WithLineFeeds(message), depth: 1, isDigest: false);
        root.Defects = reader.defects;
        root.LongestLine = LongestLine(root.Whole.Span);
        return root;
    }

    /// <summary>Reads a header section that stands alone, such as a text/rfc822-headers part.</summary>
    public static IReadOnlyList<HeaderField> ReadHeaders(ReadOnlyMemory<byte> section) => new MessageReader().ReadFields(section, out _);

    private static ReadOnlyMemory<byte> WithLineFeeds(ReadOnlyMemory<byte> message)
    {
        if (message.Span.Contains((byte)'\n') || !message.Span.Contains((byte)'\r'))
        {
            return message;
        }

        var copy = message.ToArray();
        copy.AsSpan().Replace((byte)'\r', (byte)'\n');
        return copy;
    }

    private static int LongestLine(ReadOnlySpan<byte> bytes)
    {
        var longest = 0;
        foreach (var range in bytes.Split((byte)'\n'))
        {
            longest = Math.Max(longest, bytes[range].TrimEnd((byte)'\r').Length);
        }

        return longest;
    }

    private MimeEntity ReadEntity(ReadOnlyMemory<byte> whole, int depth, bool isDigest)
    {
        partCount++;
        var fields = ReadFields(whole, out var bodyStart);
        var entity = new MimeEntity(fields, whole, bodyStart);
        if (isDigest && entity.Header("Content-Type") is null)
        {
            entity.AssumeType(ContentType.Parse("message/rfc822"));
        }

        var type = entity.ContentType;
        if (!type.IsMultipart && !type.IsMessage)
        {
            return entity;
        }

        if (depth == MaxDepth)
        {
            defects |= MessageDefects.TooDeep;
        }
        else if (type.IsMessage)
        {
            ReadInnerMessage(entity, depth);
        }
        else
        {
            ReadParts(entity, depth);
        }

        return entity;
    }

    private void ReadInnerMessage(MimeEntity entity, int depth)
    {
        if (partCount >= MaxParts)
        {
            defects |= MessageDefects.TooManyParts;
            return;
        }

        // RFC 2046 allows no encoding here, yet some senders encode.
        var encoding = entity.Header("Content-Transfer-Encoding")?.Value;
        var isEncoded = encoding is not null && (encoding.Equals("base64", StringComparison.OrdinalIgnoreCase) || encoding.Equals("quoted-printable", StringComparison.OrdinalIgnoreCase));
        var inner = isEncoded ? entity.DecodedBody() : entity.Body;
        while (inner.Span is [(byte)'\r' or (byte)'\n', ..])
        {
            inner = inner[1..];
        }

        entity.Add(ReadEntity(inner, depth + 1, isDigest: false));
    }

    private void ReadParts(MimeEntity entity, int depth)
    {
        var body = entity.Body;
        if (BoundaryOf(entity) is not { } delimiter)
        {
            defects |= MessageDefects.MissingBoundary;
            return;
        }

        var isDigest = entity.ContentType.Value == "multipart/digest";
        var partStart = -1;
        var position = 0;
        while (NextDelimiter(body.Span, delimiter, position, out var start, out var end, out var isClosing))
        {
            if (partStart >= 0)
            {
                entity.Add(ReadEntity(body[partStart..Math.Max(partStart, BeforeLineEnd(body.Span, start))], depth + 1, isDigest));
            }

            if (isClosing)
            {
                return;
            }

            if (partCount >= MaxParts)
            {
                defects |= MessageDefects.TooManyParts;
                return;
            }

            partStart = position = end;
        }

        defects |= MessageDefects.Truncated;
        if (partStart >= 0)
        {
            entity.Add(ReadEntity(body[partStart..], depth + 1, isDigest));
        }
    }

    private byte[]? BoundaryOf(MimeEntity entity)
    {
        var named = entity.ContentType["boundary"];
        if (!string.IsNullOrEmpty(named) && named.Length <= MaxBoundaryLength)
        {
            return Encoding.UTF8.GetBytes("--" + named);
        }

        // Without a name, the first line that looks like a delimiter is taken for one.
        defects |= MessageDefects.MissingBoundary;
        var body = entity.Body.Span;
        var start = body.StartsWith("--"u8) ? 0 : body.IndexOf("\n--"u8) + 1;
        if (start == 0 && !body.StartsWith("--"u8))
        {
            return null;
        }

        var line = body[start..];
        var lineEnd = line.IndexOf((byte)'\n');
        line = (lineEnd < 0 ? line : line[..lineEnd]).TrimEnd(" \t\r"u8);
        return line.Length is > 2 and <= MaxBoundaryLength ? line.ToArray() : null;
    }

    private static bool NextDelimiter(ReadOnlySpan<byte> body, ReadOnlySpan<byte> delimiter, int from, out int start, out int end, out bool isClosing)
    {
        for (start = from; ; start++)
        {
            end = 0;
            isClosing = false;
            var index = body[start..].IndexOf(delimiter);
            if (index < 0)
            {
                return false;
            }

            start += index;
            if (start > 0 && body[start - 1] != '\n')
            {
                continue;
            }

            var rest = body[(start + delimiter.Length)..];
            var lineEnd = rest.IndexOf((byte)'\n');
            var tail = (lineEnd < 0 ? rest : rest[..lineEnd]).TrimEnd(" \t\r"u8);
            isClosing = tail.SequenceEqual("--"u8);
            if (tail.Length == 0 || isClosing)
            {
                end = lineEnd < 0 ? body.Length : start + delimiter.Length + lineEnd + 1;
                return true;
            }
        }
    }

    /// <summary>The line end before a delimiter belongs to the delimiter (RFC 2046 section 5.1.1).</summary>
    private static int BeforeLineEnd(ReadOnlySpan<byte> body, int start)
    {
        if (start > 0 && body[start - 1] == '\n')
        {
            start--;
        }

        return start > 0 && body[start - 1] == '\r' ? start - 1 : start;
    }

    private List<HeaderField> ReadFields(ReadOnlyMemory<byte> whole, out int bodyStart)
    {
        var fields = new List<HeaderField>(16);
        var span = whole.Span;
        var position = 0;
        var fieldStart = -1;
        var fieldEnd = 0;
        while (position < span.Length)
        {
            var next = span[position..].IndexOf((byte)'\n');
            var end = next < 0 ? span.Length : position + next;
            var line = span[position..end].TrimEnd((byte)'\r');
            var following = next < 0 ? span.Length : end + 1;
            if (line.Length == 0)
            {
                Take(fields, whole, fieldStart, fieldEnd);
                bodyStart = following;
                return fields;
            }

            var isFold = Characters.IsBlank(line[0]) && fieldStart >= 0;
            if (!isFold)
            {
                Take(fields, whole, fieldStart, fieldEnd);
                if (!IsField(line) && !IsMailboxSeparator(line, position))
                {
                    defects |= MessageDefects.BrokenHeader;
                    bodyStart = position;
                    return fields;
                }

                fieldStart = position;
            }

            fieldEnd = position + line.Length;
            position = following;
        }

        Take(fields, whole, fieldStart, fieldEnd);
        bodyStart = span.Length;
        return fields;
    }

    private static bool IsField(ReadOnlySpan<byte> line) =>
        line.IndexOf((byte)':') is > 0 and var colon && Characters.IsFieldName(line[..colon].TrimEnd(" \t"u8));

    /// <summary>The first line of a message kept in an mbox file, quoted or not.</summary>
    private static bool IsMailboxSeparator(ReadOnlySpan<byte> line, int position) =>
        position == 0 && (line.StartsWith("From "u8) || line.StartsWith(">From "u8));

    private void Take(List<HeaderField> fields, ReadOnlyMemory<byte> whole, int start, int end)
    {
        if (start < 0)
        {
            return;
        }

        if (end > MaxHeaderBytes || fields.Count == MaxHeaderCount || fieldCount == MaxTotalHeaderCount)
        {
            defects |= MessageDefects.HeaderTooLarge;
            return;
        }

        var line = whole.Span[start..end];
        if (!IsField(line))
        {
            return;
        }

        var colon = line.IndexOf((byte)':');
        fieldCount++;
        fields.Add(new(FieldNames.Intern(line[..colon].TrimEnd(" \t"u8)), whole[(start + colon + 1)..end]));
    }
}
