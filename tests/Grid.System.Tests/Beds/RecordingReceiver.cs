using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Grid.System.Tests.Beds;

/// <summary>
/// A mail server on loopback that keeps what it is sent. In: SMTP with pipelining. Out: <see cref="Messages"/>, in the order of their ends.
/// Guarantees that a message is there before its 250 goes out. A script may refuse, wait or hang at every command.
/// </summary>
public sealed class RecordingReceiver : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly ConcurrentQueue<Received> _messages = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _accepting;
    private int _open;

    /// <param name="address">One of 127.0.0.0/8.</param>
    /// <param name="port">0: a free one.</param>
    public RecordingReceiver(ReceiverScript? script = null, string address = "127.0.0.1", int port = 0)
    {
        _listener = new(IPAddress.Parse(address), port > 0 ? port : FreePort.Next());
        Script = script ?? ((_, _, _) => new((string?)null));
        _listener.Start(1024);
        _accepting = AcceptAsync();
    }

    /// <summary>May be changed while it runs.</summary>
    public ReceiverScript Script { get; set; }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The most connections that were open at once.</summary>
    public int MostOpen { get; private set; }

    public int Count => _messages.Count;

    public IReadOnlyList<Received> Messages => [.. _messages];

    /// <summary>Waits until so many messages are here, and returns them.</summary>
    public async Task<IReadOnlyList<Received>> ReceivesAsync(int count, int seconds)
    {
        await Eventually.BecomesAsync(() => Count, seen => seen >= count, seconds, $"messages received (of {count})");
        return Messages;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _ending.Dispose();
    }

    internal TimeSpan Now => _clock.Elapsed;

    internal void Keep(Received message) => _messages.Enqueue(message);

    private async Task ServeAsync(TcpClient client)
    {
        await new ReceiverSession(this, client).RunAsync(_ending.Token);
        Interlocked.Decrement(ref _open);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_ending.Token);
                client.NoDelay = true;
                MostOpen = Math.Max(MostOpen, Interlocked.Increment(ref _open));
                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }
}
