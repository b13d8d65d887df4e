using System.Text;
using Grid.Core.Vocabulary;

namespace Grid.Mail.Sending;

/// <summary>
/// Reads replies (RFC 5321, 4.2) out of whatever pieces the network delivers. A reply of more than <see cref="MaxLines"/> lines, a line of more
/// than <see cref="MaxLineBytes"/> bytes, a line without a code, or lines whose codes disagree is a failure of the protocol. Lines end in LF; a CR before it goes with it.
/// </summary>
internal sealed class SmtpReplyBuffer
{
    /// <summary>Most lines of one reply.</summary>
    public const int MaxLines = 128;

    /// <summary>Longest line in bytes, with its end.</summary>
    public const int MaxLineBytes = 2048;

    private static readonly SmtpReply Ok = new(250, "", "");
    private static readonly SmtpReply GoAhead = new(354, "", "");

    private readonly byte[] _bytes = new byte[2 * MaxLineBytes];
    private int _start;
    private int _end;
    private int _lines;
    private int _code;
    private string _enhanced = "";
    private string _text = "";

    /// <summary>Bytes are here that no call of <see cref="TryRead"/> has taken.</summary>
    public bool HasBytes => _end > _start;

    /// <summary>Where the next bytes go; never empty after a <see cref="TryRead"/> that found no whole reply.</summary>
    public Memory<byte> Room()
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            _end -= _start;
            _start = 0;
        }

        return _bytes.AsMemory(_end);
    }

    /// <summary>Counts bytes that were put into the room.</summary>
    public void Advance(int bytes) => _end += bytes;

    /// <summary>Takes the next whole reply.</summary>
    /// <param name="brief">Leave out the words of a positive reply: nobody asks for them.</param>
    /// <param name="lines">Receives the words line by line where given.</param>
    /// <param name="reply">The reply.</param>
    /// <returns>False when more bytes are needed.</returns>
    /// <exception cref="SmtpWireException">These bytes are no reply.</exception>
    public bool TryRead(bool brief, List<string>? lines, out SmtpReply reply)
    {
        while (true)
        {
            var bytes = _bytes.AsSpan(_start, _end - _start);
            int lineFeed = bytes.IndexOf((byte)'\n');
            if (lineFeed >= MaxLineBytes || (lineFeed < 0 && bytes.Length >= MaxLineBytes))
                throw new SmtpWireException($"the receiver sent a line of more than {MaxLineBytes} bytes");

            if (lineFeed < 0)
            {
                reply = Ok;
                return false;
            }

            _start += lineFeed + 1;
            if (IsLast(bytes[..lineFeed], brief, lines))
            {
                reply = Finish();
                return true;
            }
        }
    }

    private bool IsLast(ReadOnlySpan<byte> line, bool brief, List<string>? lines)
    {
        if (line.EndsWith("\r"u8))
            line = line[..^1];

        int code = Code(line);
        if (++_lines == 1)
            _code = code;
        else if (code != _code)
            throw new SmtpWireException($"the receiver's reply begins as {_code} and goes on as {code}");
        else if (_lines > MaxLines)
            throw new SmtpWireException($"the receiver's reply has more than {MaxLines} lines");

        if (!brief || code >= 400)
            Keep(line.Length > 4 ? line[4..] : default, lines);

        return line.Length == 3 || line[3] == (byte)' ';
    }

    private static int Code(ReadOnlySpan<byte> line)
    {
        if (line.Length >= 3 && line[0] is >= (byte)'2' and <= (byte)'5' && char.IsAsciiDigit((char)line[1]) && char.IsAsciiDigit((char)line[2])
            && (line.Length == 3 || line[3] is (byte)' ' or (byte)'-'))
            return ((line[0] - '0') * 100) + ((line[1] - '0') * 10) + (line[2] - '0');

        throw new SmtpWireException($"the receiver sent what is no reply: \"{Words(line[..Math.Min(line.Length, 80)])}\"");
    }

    private void Keep(ReadOnlySpan<byte> words, List<string>? lines)
    {
        int enhanced = EnhancedLength(words);
        if (enhanced > 0)
        {
            if (_enhanced.Length == 0)
                _enhanced = Encoding.ASCII.GetString(words[..enhanced]);

            words = words[enhanced..].TrimStart((byte)' ');
        }

        string text = Words(words);
        lines?.Add(text);
        if (_text.Length < SmtpReply.MaxTextLength && text.Length > 0)
        {
            _text = _text.Length == 0 ? text : $"{_text} {text}";
            _text = _text.Length > SmtpReply.MaxTextLength ? _text[..SmtpReply.MaxTextLength] : _text;
        }
    }

    /// <summary>Length of an enhanced code (RFC 3463) at the start, 0 where there is none. Its class may differ from the reply's: a 421 may carry 5.7.32.</summary>
    private static int EnhancedLength(ReadOnlySpan<byte> words)
    {
        if (words.Length < 5 || words[0] is not ((byte)'2' or (byte)'4' or (byte)'5') || words[1] != (byte)'.')
            return 0;

        int subject = Digits(words[2..]);
        if (subject is 0 or > 3 || words.Length <= 2 + subject || words[2 + subject] != (byte)'.')
            return 0;

        int detail = Digits(words[(3 + subject)..]);
        int length = 3 + subject + detail;
        return detail is 0 or > 3 || (words.Length > length && words[length] is not ((byte)' ' or (byte)':' or (byte)'-' or (byte)'\t')) ? 0 : length;
    }

    private static int Digits(ReadOnlySpan<byte> bytes)
    {
        int other = bytes.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return other < 0 ? bytes.Length : other;
    }

    private static string Words(ReadOnlySpan<byte> bytes)
    {
        string text = Encoding.UTF8.GetString(bytes.Trim((byte)' '));
        return text.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0 && !text.Contains('\u007f')
            ? text
            : string.Create(text.Length, text, static (output, from) =>
            {
                for (int i = 0; i < output.Length; i++)
                    output[i] = char.IsControl(from[i]) ? ' ' : from[i];
            });
    }

    private SmtpReply Finish()
    {
        var reply = (_code, _text.Length + _enhanced.Length) switch
        {
            (250, 0) => Ok,
            (354, 0) => GoAhead,
            _ => new SmtpReply(_code, _enhanced, _text),
        };
        (_lines, _code, _enhanced, _text) = (0, 0, "", "");
        return reply;
    }
}
