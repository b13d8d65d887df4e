using System.Buffers;
using System.Buffers.Text;

namespace Grid.Mail.Mime;

/// <summary>Base64 in lines of 76 characters (RFC 2045 section 6.8).</summary>
internal static class Base64Text
{
    private const int BytesPerLine = 57;
    private const int CharactersPerLine = 76;

    /// <summary>Length of the encoded form with its line ends.</summary>
    public static int EncodedLength(int length) => (length + 2) / 3 * 4 + (length + BytesPerLine - 1) / BytesPerLine * 2;

    public static void Encode(ReadOnlySpan<byte> bytes, MimeBuffer to)
    {
        while (bytes.Length > 0)
        {
            var line = bytes[..Math.Min(bytes.Length, BytesPerLine)];
            var span = to.GetSpan(CharactersPerLine + 2);
            Base64.EncodeToUtf8(line, span, out _, out var written);
            span[written] = (byte)'\r';
            span[written + 1] = (byte)'\n';
            to.Advance(written + 2);
            bytes = bytes[line.Length..];
        }
    }

    /// <summary>Decodes, passing over whatever is not base64; stops at padding that ends the text. The result is never longer than the input.</summary>
    public static int Decode(ReadOnlySpan<byte> encoded, Span<byte> to) =>
        Base64.DecodeFromUtf8(encoded, to, out _, out var written) == OperationStatus.Done ? written : DecodeTolerantly(encoded, to);

    private static int DecodeTolerantly(ReadOnlySpan<byte> encoded, Span<byte> to)
    {
        var written = 0;
        var bits = 0;
        var count = 0;
        foreach (var c in encoded)
        {
            var value = Value(c);
            if (c == '=')
            {
                // Padding: the next group starts afresh (texts that were encoded piece by piece and joined).
                bits = count = 0;
            }

            if (value < 0)
            {
                continue;
            }

            bits = (bits << 6 | value) & 0xFFFFFF;
            count += 6;
            if (count >= 8)
            {
                count -= 8;
                to[written++] = (byte)(bits >> count);
            }
        }

        return written;
    }

    private static int Value(byte c) => c switch
    {
        >= (byte)'A' and <= (byte)'Z' => c - 'A',
        >= (byte)'a' and <= (byte)'z' => c - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => c - '0' + 52,
        (byte)'+' or (byte)'-' => 62,
        (byte)'/' or (byte)'_' => 63,
        _ => -1,
    };
}
