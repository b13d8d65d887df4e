namespace Grid.Mail.Mime;

/// <summary>Uuencoded bodies of old mail, decoding only.</summary>
internal static class Uuencode
{
    /// <summary>Decodes from the line after "begin" to "end". The result is never longer than the input.</summary>
    public static int Decode(ReadOnlySpan<byte> encoded, Span<byte> to)
    {
        var written = 0;
        var begun = false;
        while (encoded.Length > 0)
        {
            var end = encoded.IndexOf((byte)'\n');
            var line = (end < 0 ? encoded : encoded[..end]).TrimEnd("\r"u8);
            encoded = end < 0 ? default : encoded[(end + 1)..];
            if (!begun)
            {
                begun = line.StartsWith("begin "u8);
            }
            else if (line.Length == 0 || line.SequenceEqual("end"u8))
            {
                break;
            }
            else
            {
                written += DecodeLine(line, to[written..]);
            }
        }

        return written;
    }

    private static int DecodeLine(ReadOnlySpan<byte> line, Span<byte> to)
    {
        var length = Math.Min((line[0] - 32) & 63, (line.Length - 1) * 3 / 4);
        var bits = 0;
        var count = 0;
        var written = 0;
        for (var i = 1; i < line.Length && written < length; i++)
        {
            bits = (bits << 6 | ((line[i] - 32) & 63)) & 0xFFFFFF;
            count += 6;
            if (count >= 8)
            {
                count -= 8;
                to[written++] = (byte)(bits >> count);
            }
        }

        return written;
    }
}
