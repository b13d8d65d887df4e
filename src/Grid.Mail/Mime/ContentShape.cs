using System.Text;

namespace Grid.Mail.Mime;

/// <summary>What a transfer encoding is chosen by.</summary>
internal readonly ref struct ContentShape
{
    private readonly ReadOnlySpan<byte> content;
    private readonly bool hasControls;
    private readonly bool hasLongOrBareLines;

    private ContentShape(ReadOnlySpan<byte> content)
    {
        this.content = content;
        IsAscii = Ascii.IsValid(content);
        hasControls = content.IndexOfAny(Characters.BodyControls) >= 0;
        hasLongOrBareLines = !AreLinesSafe(content);
    }

    public bool IsAscii { get; }

    /// <summary>May travel as it is through 8BITMIME: CRLF lines of at most 998 octets, no NUL or other control.</summary>
    public bool IsLineSafe => !hasControls && !hasLongOrBareLines;

    /// <summary>May travel as it is anywhere.</summary>
    public bool IsSevenBitSafe => IsAscii && IsLineSafe;

    public static ContentShape Of(ReadOnlySpan<byte> content) => new(content);

    /// <summary>Quoted-printable or base64, whichever makes the content shorter; the readable one where they are equal.</summary>
    public TransferEncoding Shorter() =>
        QuotedPrintable.EstimateLength(content) <= Base64Text.EncodedLength(content.Length) ? TransferEncoding.QuotedPrintable : TransferEncoding.Base64;

    private static bool AreLinesSafe(ReadOnlySpan<byte> rest)
    {
        while (true)
        {
            var end = rest.IndexOfAny((byte)'\r', (byte)'\n');
            if (end < 0)
            {
                return rest.Length <= HeaderWriter.MaxLineLength;
            }

            if (end > HeaderWriter.MaxLineLength || rest[end] != '\r' || end + 1 == rest.Length || rest[end + 1] != '\n')
            {
                return false;
            }

            rest = rest[(end + 2)..];
        }
    }
}
