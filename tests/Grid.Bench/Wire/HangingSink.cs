using System.Net;
using System.Net.Sockets;

namespace Grid.Bench.Wire;

/// <summary>A receiver that takes connections and never says a word: the worst kind. Holds up to 10,000.</summary>
internal sealed class HangingSink : IDisposable
{
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> held = [];

    public HangingSink()
    {
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1024);
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        _ = HoldAsync();
    }

    public int Port { get; }

    /// <summary>Connections taken so far.</summary>
    public int Held
    {
        get
        {
            lock (held)
            {
                return held.Count;
            }
        }
    }

    public void Dispose()
    {
        listener.Dispose();
        lock (held)
        {
            held.ForEach(socket => socket.Dispose());
        }
    }

    private async Task HoldAsync()
    {
        try
        {
            while (Held < 10_000)
            {
                var socket = await listener.AcceptAsync();
                lock (held)
                {
                    held.Add(socket);
                }
            }
        }
        catch (Exception ended) when (ended is ObjectDisposedException or SocketException)
        {
            // Disposed of.
        }
    }
}
