namespace Grid.Mail.Sending;

/// <summary>Transparency of DATA (RFC 5321, 4.5.2): a dot that begins a line is doubled.</summary>
internal static class DotStuffing
{
    /// <summary>Most bytes that so many bytes can become: a doubled dot has a line feed before it, but for the first.</summary>
    public static int MaxLength(int length) => length + (length / 2) + 1;

    /// <summary>Copies while doubling, in one pass, and returns how many bytes were written.</summary>
    /// <param name="body">A piece of the body.</param>
    /// <param name="output">At least <see cref="MaxLength"/> bytes.</param>
    /// <param name="atLineStart">The piece begins a line; afterwards, whether the next piece does.</param>
    public static int Copy(ReadOnlySpan<byte> body, Span<byte> output, ref bool atLineStart)
    {
        if (body.IsEmpty)
            return 0;

        int written = 0;
        if (atLineStart && body[0] == (byte)'.')
            output[written++] = (byte)'.';

        atLineStart = body[^1] == (byte)'\n';
        while (true)
        {
            int lineFeed = body.IndexOf("\n."u8);
            if (lineFeed < 0)
            {
                body.CopyTo(output[written..]);
                return written + body.Length;
            }

            body[..(lineFeed + 1)].CopyTo(output[written..]);
            written += lineFeed + 1;
            output[written++] = (byte)'.';
            output[written++] = (byte)'.';
            body = body[(lineFeed + 2)..];
        }
    }
}
