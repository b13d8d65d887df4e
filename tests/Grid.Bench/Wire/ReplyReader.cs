using System.Net.Sockets;
using System.Text;

namespace Grid.Bench.Wire;

/// <summary>Reads SMTP replies, several to a packet or several packets to one. Lines up to 4 KiB.</summary>
internal sealed class ReplyReader(Socket socket)
{
    private readonly byte[] buffer = new byte[4096];
    private int start;
    private int end;

    /// <summary>The last line of the last reply.</summary>
    public string LastLine { get; private set; } = "";

    /// <summary>The code of the next reply.</summary>
    /// <exception cref="IOException">The connection ended, or what came is no reply.</exception>
    public async ValueTask<int> ReadAsync(CancellationToken cancel)
    {
        while (true)
        {
            var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var code = Line(length, out var last);
                start += length + 1;
                if (last)
                {
                    return code;
                }
            }
            else
            {
                await FillAsync(cancel);
            }
        }
    }

    private int Line(int length, out bool last)
    {
        var line = buffer.AsSpan(start, length).TrimEnd((byte)'\r');
        if (line.Length < 3 || !char.IsAsciiDigit((char)line[0]))
        {
            throw new IOException("not a reply");
        }

        last = line.Length == 3 || line[3] != (byte)'-';
        if (last && line[0] != (byte)'2')
        {
            LastLine = Encoding.ASCII.GetString(line);
        }

        return ((line[0] - '0') * 100) + ((line[1] - '0') * 10) + (line[2] - '0');
    }

    private async ValueTask FillAsync(CancellationToken cancel)
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        end -= start;
        start = 0;
        var got = end == buffer.Length ? 0 : await socket.ReceiveAsync(buffer.AsMemory(end), cancel);
        if (got == 0)
        {
            throw new IOException("the connection ended");
        }

        end += got;
    }
}
