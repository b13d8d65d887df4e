using System.Text;

namespace Grid.Mail.Mime;

/// <summary>A message or one part of it: its header, and its body as bytes or as parts. Decoding happens when asked for.</summary>
public sealed class MimeEntity
{
    private readonly List<HeaderField> headers;
    private readonly List<MimeEntity> parts = [];
    private ContentType? contentType;

    internal MimeEntity(List<HeaderField> headers, ReadOnlyMemory<byte> whole, int bodyStart)
    {
        this.headers = headers;
        Whole = whole;
        BodyStart = bodyStart;
    }

    /// <summary>Top to bottom; at most <see cref="MessageReader.MaxHeaderCount"/>.</summary>
    public IReadOnlyList<HeaderField> Headers => headers;

    /// <summary>The children of a multipart, or the one message inside a message/rfc822; empty for a leaf.</summary>
    public IReadOnlyList<MimeEntity> Parts => parts;

    /// <summary>Header and body as received (line ends of a CR-only message turned into LF).</summary>
    public ReadOnlyMemory<byte> Whole { get; }

    /// <summary>The header section with its empty line.</summary>
    public ReadOnlyMemory<byte> HeaderSection => Whole[..BodyStart];

    /// <summary>The body as received, still transfer-encoded.</summary>
    public ReadOnlyMemory<byte> Body => Whole[BodyStart..];

    /// <summary>What the Content-Type header says; text/plain where there is none, message/rfc822 for such a part of a multipart/digest.</summary>
    public ContentType ContentType => contentType ??= Header("Content-Type") is { } named ? ContentType.Parse(named.Value) : ContentType.Default;

    /// <summary>Of the whole message; on the root only.</summary>
    public MessageDefects Defects { get; internal set; }

    /// <summary>Longest line of the whole message in octets, line end excluded; on the root only.</summary>
    public int LongestLine { get; internal set; }

    internal int BodyStart { get; }

    /// <summary>The first field of that name, in any case; null where there is none.</summary>
    public HeaderField? Header(string name)
    {
        foreach (var field in headers)
        {
            if (field.Is(name))
            {
                return field;
            }
        }

        return null;
    }

    /// <summary>This entity and all below it, in the order of the message.</summary>
    public IEnumerable<MimeEntity> Descendants()
    {
        yield return this;
        foreach (var part in parts)
        {
            foreach (var inner in part.Descendants())
            {
                yield return inner;
            }
        }
    }

    /// <summary>The body with its transfer encoding undone (base64, quoted-printable, uuencode; anything else as it is). Never longer than the body.</summary>
    public byte[] DecodedBody()
    {
        var encoding = Header("Content-Transfer-Encoding")?.Value.Trim().ToLowerInvariant();
        var body = Body.Span;
        var decoded = new byte[body.Length];
        switch (encoding)
        {
            case "base64":
                return decoded[..Base64Text.Decode(body, decoded)];
            case "quoted-printable":
                return decoded[..QuotedPrintable.Decode(body, decoded)];
            case "x-uuencode" or "uuencode" or "x-uue":
                return decoded[..Uuencode.Decode(body, decoded)];
            default:
                body.CopyTo(decoded);
                return decoded;
        }
    }

    /// <summary>The decoded body as text, in the part's charset.</summary>
    public string Text() => Charset.Decode(DecodedBody(), ContentType["charset"]);

    internal void Add(MimeEntity part) => parts.Add(part);

    internal void AssumeType(ContentType type) => contentType = type;
}
