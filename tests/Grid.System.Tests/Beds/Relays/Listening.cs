using System.Diagnostics;
using System.Net.Sockets;

namespace Grid.System.Tests.Beds.Relays;

/// <summary>Waits until a server takes connections.</summary>
internal static class Listening
{
    /// <summary>Fails with the server's log when it ends, or doesn't listen within 30 s.</summary>
    public static async Task WaitAsync(int port, Process server, Func<string> log)
    {
        await Eventually.BecomesAsync(() => ListensAsync(port), listens => listens || server.HasExited, 30, $"{server.StartInfo.FileName} listens");
        Assert.False(server.HasExited, $"the server ended: {log()}");
    }

    /// <summary>Whether something takes connections on a port of 127.0.0.1.</summary>
    public static async Task<bool> ListensAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
