namespace Grid.Mail.Ingress;

/// <summary>
/// Reads the message after DATA out of whatever pieces arrive: takes away dot-stuffing and finds the end, which is CR LF dot CR LF and nothing
/// else. A bare CR, a bare LF or a NUL makes the message faulty, yet never ends a line, so that no two readers can disagree on where the message ends.
/// </summary>
internal sealed class SmtpDataDecoder(SmtpMessageBuffer message)
{
    private State _state = State.LineStart;

    private enum State : byte
    {
        LineStart,
        Dot,
        DotCr,
        Middle,
        Cr,
    }

    /// <summary>Ready for the next message.</summary>
    public void Reset() => _state = State.LineStart;

    /// <summary>Reads a piece.</summary>
    /// <param name="bytes">What arrived.</param>
    /// <param name="consumed">Bytes that belong to the message; all, unless its end was found.</param>
    /// <returns>True when the message is complete.</returns>
    public bool Read(ReadOnlySpan<byte> bytes, out int consumed)
    {
        int at = 0;
        while (at < bytes.Length)
        {
            byte next = bytes[at];
            switch (_state)
            {
                case State.LineStart when next == (byte)'.':
                    _state = State.Dot;
                    at++;
                    break;
                case State.LineStart or State.Middle:
                    at += ReadLines(bytes[at..]);
                    break;
                case State.Dot:
                    _state = next == (byte)'\r' ? State.DotCr : State.Middle;
                    at += next == (byte)'\r' ? 1 : 0;
                    break;
                case State.DotCr when next == (byte)'\n':
                    _state = State.LineStart;
                    consumed = at + 1;
                    return true;
                case State.Cr when next == (byte)'\n':
                    message.Append("\r\n"u8);
                    _state = State.LineStart;
                    at++;
                    break;
                default: // a CR, after a dot or not, that no LF follows
                    message.Fail(SmtpMessageFault.BareLineEnd);
                    _state = State.Middle;
                    break;
            }
        }

        consumed = at;
        return false;
    }

    /// <summary>The hot path: copies whole lines in one piece up to the next line that begins with a dot.</summary>
    private int ReadLines(ReadOnlySpan<byte> bytes)
    {
        int from = 0;
        while (true)
        {
            int special = bytes[from..].IndexOfAny((byte)'\r', (byte)'\n', (byte)0);
            if (special < 0)
            {
                message.Append(bytes);
                _state = State.Middle;
                return bytes.Length;
            }

            int at = from + special;
            if (bytes[at] != (byte)'\r')
            {
                message.Fail(bytes[at] == 0 ? SmtpMessageFault.Nul : SmtpMessageFault.BareLineEnd);
                _state = State.Middle;
                return at + 1;
            }

            if (at + 2 >= bytes.Length || bytes[at + 1] != (byte)'\n')
            {
                message.Append(bytes[..at]);
                _state = State.Cr;
                return at + 1;
            }

            from = at + 2;
            if (bytes[from] == (byte)'.')
            {
                message.Append(bytes[..from]);
                _state = State.LineStart;
                return from;
            }
        }
    }
}
