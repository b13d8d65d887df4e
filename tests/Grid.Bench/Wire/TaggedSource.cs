using System.Net;
using System.Net.Sockets;
using System.Text;
using Grid.Bench.Load;

namespace Grid.Bench.Wire;

/// <summary>
/// An injector that knows what became of each message. Its sessions keep their connections, open them again when the server
/// dies, and never send a number twice: a message without an answer stays of unknown fate. Sends no faster than
/// <paramref name="perSecond"/>, over any stretch: what an outage held up isn't made up for.
/// </summary>
internal sealed class TaggedSource(int port, TagBook book, int sizeBytes, Func<int, string> recipient, double perSecond = double.PositiveInfinity)
{
    private const int MostRefusals = 1_000;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly long interval = (long)(TimeProvider.System.TimestampFrequency / perSecond);
    private long nextTurn;
    private int refusals;
    private int refusalsInARow;

    /// <summary>Messages that the server refused, rather than lost.</summary>
    public int Refusals => Volatile.Read(ref refusals);

    /// <summary>Injects until the book is full or <paramref name="stop"/> says so.</summary>
    /// <exception cref="BenchException">The server refuses mail, or stays away for longer than a minute.</exception>
    public async Task RunAsync(int sessions, CancellationToken stop)
    {
        try
        {
            await Task.WhenAll(Enumerable.Range(0, sessions).Select(_ => Task.Run(() => SessionsAsync(stop), stop)));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    private async Task SessionsAsync(CancellationToken stop)
    {
        var lastGood = TimeProvider.System.GetTimestamp();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(IPAddress.Loopback, port, stop);
                var replies = new ReplyReader(socket);
                await ExpectAsync(replies, 220, stop);
                await SendAsync(socket, "EHLO injector.example\r\n"u8.ToArray(), stop);
                await ExpectAsync(replies, 250, stop);
                lastGood = TimeProvider.System.GetTimestamp();
                if (!await MessagesAsync(socket, replies, stop))
                {
                    return;
                }
            }
            catch (Exception broken) when (broken is SocketException or IOException)
            {
                // The server was killed, or is not there yet.
                if (TimeProvider.System.GetElapsedTime(lastGood) > Patience)
                {
                    throw new BenchException($"no server on port {port} for {Patience.TotalSeconds:0} s", broken);
                }

                await Task.Delay(20, stop);
            }
        }
    }

    // False when there is nothing left to send.
    private async Task<bool> MessagesAsync(Socket socket, ReplyReader replies, CancellationToken stop)
    {
        while (book.Next() is { } number)
        {
            await PaceAsync(stop);
            var to = recipient(number);
            await SendAsync(socket, Encoding.ASCII.GetBytes($"MAIL FROM:<{MailLoad.Sender}>\r\nRCPT TO:<{to}>\r\nDATA\r\n"), stop);
            var mail = await replies.ReadAsync(stop);
            var rcpt = await replies.ReadAsync(stop);
            var data = await replies.ReadAsync(stop);
            if (data != 354)
            {
                Refuse(mail != 250 ? mail : rcpt != 250 ? rcpt : data, replies.LastLine);
                await SendAsync(socket, "RSET\r\n"u8.ToArray(), stop);
                await replies.ReadAsync(stop);
                continue;
            }

            await SendAsync(socket, Tag.Message(number, to, sizeBytes), stop);
            book.Sent(number);
            var code = await replies.ReadAsync(stop);
            if (code == 250)
            {
                book.Accepted(number);
                Volatile.Write(ref refusalsInARow, 0);
            }
            else
            {
                Refuse(code, replies.LastLine);
                if (code < 500)
                {
                    // Not now, as from a server that is starting: a moment later then.
                    await Task.Delay(Moment, stop);
                }
            }
        }

        return false;
    }

    private async Task PaceAsync(CancellationToken stop)
    {
        long now, turn, was;
        do
        {
            now = TimeProvider.System.GetTimestamp();
            was = Volatile.Read(ref nextTurn);
            turn = Math.Max(now, was);
        }
        while (Interlocked.CompareExchange(ref nextTurn, turn + interval, was) != was);

        if (TimeProvider.System.GetElapsedTime(now, turn) is var ahead && ahead > TimeSpan.Zero)
        {
            await Task.Delay(ahead, stop);
        }
    }

    private static async Task ExpectAsync(ReplyReader replies, int code, CancellationToken stop)
    {
        // A server that is going down may greet with 421: come again.
        if (await replies.ReadAsync(stop) is var got && got != code)
        {
            throw new IOException($"{got} instead of {code}");
        }
    }

    private static async Task SendAsync(Socket socket, byte[] bytes, CancellationToken stop)
    {
        for (var sent = 0; sent < bytes.Length;)
        {
            sent += await socket.SendAsync(bytes.AsMemory(sent), stop);
        }
    }

    private void Refuse(int code, string line)
    {
        Interlocked.Increment(ref refusals);
        if (Interlocked.Increment(ref refusalsInARow) > MostRefusals)
        {
            throw new BenchException($"more than {MostRefusals} messages in a row were refused, the last with {code}: {line}");
        }
    }
}
