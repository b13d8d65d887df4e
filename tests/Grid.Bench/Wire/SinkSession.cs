using System.Buffers;

namespace Grid.Bench.Wire;

/// <summary>The receiver's side of one SMTP session, bytes in and replies out, without the socket.</summary>
internal sealed class SinkSession(TagBook book)
{
    private static readonly byte[] End = "\r\n.\r\n"u8.ToArray();
    private readonly ArrayBufferWriter<byte> replies = new(512);
    private bool inMessage;
    private int searched;

    /// <summary>True after QUIT.</summary>
    public bool Over { get; private set; }

    /// <summary>The replies to what the last <see cref="Take"/> consumed.</summary>
    public ReadOnlyMemory<byte> Replies => replies.WrittenMemory;

    /// <summary>Consumes whole commands and whole messages; what is left must be offered again with more behind it.</summary>
    public int Take(ReadOnlySpan<byte> bytes)
    {
        replies.ResetWrittenCount();
        var used = 0;
        while (used < bytes.Length && !Over)
        {
            var length = inMessage ? Message(bytes[used..]) : Command(bytes[used..]);
            if (length == 0)
            {
                break;
            }

            used += length;
        }

        return used;
    }

    private int Message(ReadOnlySpan<byte> bytes)
    {
        // The terminator may straddle two reads; what was searched before need not be searched again.
        var from = Math.Max(0, searched - End.Length);
        var at = bytes[from..].IndexOf(End);
        if (at < 0)
        {
            searched = bytes.Length;
            return 0;
        }

        var length = from + at + End.Length;
        book.Received(Tag.Find(bytes[..length]));
        replies.Write("250 2.0.0 received\r\n"u8);
        inMessage = false;
        searched = 0;
        return length;
    }

    private int Command(ReadOnlySpan<byte> bytes)
    {
        var length = bytes.IndexOf((byte)'\n') + 1;
        if (length < 5)
        {
            return length;
        }

        switch ((char)(bytes[0] | 0x20))
        {
            case 'e':
                replies.Write("250-receiver.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n250 SIZE 67108864\r\n"u8);
                break;
            case 'd':
                replies.Write("354 go ahead\r\n"u8);
                inMessage = true;
                break;
            case 'q':
                replies.Write("221 2.0.0 bye\r\n"u8);
                Over = true;
                break;
            default:
                replies.Write("250 2.0.0 ok\r\n"u8);
                break;
        }

        return length;
    }
}
