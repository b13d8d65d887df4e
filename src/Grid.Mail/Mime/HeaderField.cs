using System.Text;

namespace Grid.Mail.Mime;

/// <summary>One header field of a received message. Its value is unfolded and decoded when first asked for.</summary>
public sealed class HeaderField
{
    private readonly ReadOnlyMemory<byte> raw;
    private string? value;
    private string? text;

    internal HeaderField(string name, ReadOnlyMemory<byte> raw)
    {
        Name = name;
        this.raw = raw;
    }

    /// <summary>As written.</summary>
    public string Name { get; }

    /// <summary>The bytes after the colon, folds included, without the last line end.</summary>
    public ReadOnlyMemory<byte> Raw => raw;

    /// <summary>Unfolded (RFC 5322 section 2.2.3), outer blanks removed, encoded words as they are.</summary>
    public string Value => value ??= Unfold(raw.Span);

    /// <summary><see cref="Value"/> with its encoded words decoded (RFC 2047).</summary>
    public string Text => text ??= EncodedWord.Decode(Value);

    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc />
    public override string ToString() => $"{Name}: {Value}";

    private static string Unfold(ReadOnlySpan<byte> bytes)
    {
        var unfolded = Charset.DecodeUnknown(bytes.Trim(" \t\r\n"u8));
        return unfolded.AsSpan().IndexOfAny('\r', '\n') < 0
            ? unfolded
            : new StringBuilder(unfolded).Replace("\r", "").Replace("\n", "").ToString();
    }
}
