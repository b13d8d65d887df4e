using System.Net;
using System.Net.Sockets;

namespace Grid.Bench.Wire;

/// <summary>
/// A receiver that notes the number of each message as it answers 250 to it, in memory. Takes pipelined commands; answers
/// everything that stands in one read with one write. A message may be up to 64 MiB.
/// </summary>
internal sealed class TaggedSink : IDisposable
{
    private const int MostBytes = 64 << 20;
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource stopping = new();
    private readonly TagBook book;

    public TaggedSink(TagBook book)
    {
        this.book = book;
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1024);
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        Listening = Task.Run(AcceptAsync);
    }

    public int Port { get; }

    /// <summary>Ends when the receiver is disposed of; fails when it could not go on.</summary>
    public Task Listening { get; }

    public void Dispose()
    {
        stopping.Cancel();
        listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptAsync(stopping.Token);
                _ = Task.Run(() => ServeAsync(socket));
            }
        }
        catch (Exception ended) when (stopping.IsCancellationRequested && ended is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // Disposed of.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var connection = socket;
        socket.NoDelay = true;
        var session = new SinkSession(book);
        var buffer = new byte[32 * 1024];
        var filled = 0;
        try
        {
            await socket.SendAsync("220 receiver.example ESMTP\r\n"u8.ToArray(), stopping.Token);
            while (!session.Over)
            {
                if (filled == buffer.Length)
                {
                    if (buffer.Length >= MostBytes)
                    {
                        return;
                    }

                    Array.Resize(ref buffer, buffer.Length * 2);
                }

                var got = await socket.ReceiveAsync(buffer.AsMemory(filled), stopping.Token);
                if (got == 0)
                {
                    return;
                }

                filled += got;
                var used = session.Take(buffer.AsSpan(0, filled));
                buffer.AsSpan(used, filled - used).CopyTo(buffer);
                filled -= used;
                if (session.Replies is { Length: > 0 } replies)
                {
                    await socket.SendAsync(replies, stopping.Token);
                }
            }
        }
        catch (Exception gone) when (gone is SocketException or OperationCanceledException)
        {
            // The sender died or the receiver is done: what was not answered was not received.
        }
    }
}
