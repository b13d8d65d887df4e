using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Grid.Mail.Ingress;

/// <summary>Writes replies. No text can break out of its line: whatever isn't printable ASCII becomes "?", and line breaks begin a new line of the same reply.</summary>
internal static class SmtpReplyFormat
{
    /// <summary>Longest text of one line; with codes and CRLF it stays under the 512 bytes of RFC 5321, 4.5.3.1.5.</summary>
    private const int LineLength = 480;

    public static void Write(IBufferWriter<byte> output, SmtpServerReply reply)
    {
        var text = reply.Text.AsSpan(0, Math.Min(reply.Text.Length, SmtpServerReply.MaxTextLength)).TrimEnd();
        while (true)
        {
            int length = LineEnd(text, out int skip);
            bool last = length + skip >= text.Length;
            WriteLine(output, reply, text[..length], last);
            if (last)
                return;

            text = text[(length + skip)..];
        }
    }

    private static int LineEnd(ReadOnlySpan<char> text, out int skip)
    {
        int lineBreak = text.IndexOfAny('\r', '\n');
        int length = lineBreak < 0 ? text.Length : lineBreak;
        skip = lineBreak < 0 ? 0 : text[lineBreak..].StartsWith("\r\n") ? 2 : 1;
        if (length <= LineLength)
            return length;

        int space = text[..LineLength].LastIndexOf(' ');
        skip = space > 0 ? 1 : 0;
        return space > 0 ? space : LineLength;
    }

    private static void WriteLine(IBufferWriter<byte> output, SmtpServerReply reply, ReadOnlySpan<char> text, bool last)
    {
        var span = output.GetSpan(3 + 1 + reply.Enhanced.Length + 1 + text.Length + 2);
        Utf8Formatter.TryFormat(reply.Code, span, out int at);
        span[at++] = last ? (byte)' ' : (byte)'-';
        if (reply.Enhanced.Length > 0)
        {
            at += Encoding.ASCII.GetBytes(reply.Enhanced, span[at..]);
            span[at++] = (byte)' ';
        }

        int words = Encoding.ASCII.GetBytes(text, span[at..]);
        var written = span.Slice(at, words);
        if (written.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
            foreach (ref byte b in written)
                b = b is >= (byte)' ' and <= (byte)'~' ? b : (byte)'?';

        at += words;
        span[at++] = (byte)'\r';
        span[at++] = (byte)'\n';
        output.Advance(at);
    }
}
