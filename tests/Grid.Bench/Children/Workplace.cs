using System.Net;
using System.Net.Sockets;

namespace Grid.Bench.Children;

/// <summary>The folder of one run of the bench: queues, configurations, logs. Removed at the end unless it is to be kept.</summary>
internal sealed class Workplace : IDisposable
{
    private readonly bool keep;
    private int number;

    public Workplace(string parent, bool keep)
    {
        this.keep = keep;
        Root = Path.Combine(parent, $"grid-bench-{Environment.ProcessId}");
        Directory.CreateDirectory(Root);
        // Daemons that drop their privileges walk through it.
        File.SetUnixFileMode(Root, (UnixFileMode)0b111_101_101);
        Memory = Directory.Exists("/dev/shm") ? $"/dev/shm/grid-bench-{Environment.ProcessId}" : Path.Combine(Root, "counters");
        Directory.CreateDirectory(Memory);
    }

    public string Root { get; }

    /// <summary>A folder in memory where there is one, for counters that are written with every message.</summary>
    public string Memory { get; }

    /// <summary>True when the folder is in memory: then durability costs nothing, and figures say nothing about it.</summary>
    public bool IsInMemory => new DriveInfo(Root).DriveFormat is "tmpfs" or "ramfs";

    /// <summary>A new, empty folder.</summary>
    public string NewFolder(string name)
    {
        var folder = Path.Combine(Root, $"{Interlocked.Increment(ref number):000}-{name}");
        Directory.CreateDirectory(folder);
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        return folder;
    }

    /// <summary>Removes a folder whose run is over, unless folders are kept.</summary>
    public void Release(string folder)
    {
        if (!keep && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A port of 127.0.0.1 that is free now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until something listens on the port.</summary>
    /// <exception cref="BenchException">The process ended, or 30 s went by.</exception>
    public static async Task ListeningAsync(int port, Child child, CancellationToken cancel)
    {
        for (var tries = 0; tries < 600; tries++)
        {
            if (child.HasExited)
            {
                throw new BenchException($"the server ended with {child.ExitCode} at start: {child.LogTail}");
            }

            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port, cancel);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50, cancel);
            }
        }

        throw new BenchException($"nothing listens on port {port} after 30 s: {child.LogTail}");
    }

    /// <summary>A program on the path or among the usual folders of system programs; null when there is none.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Concat(["/usr/sbin", "/usr/local/sbin", "/usr/lib/postfix/sbin"])
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    public void Dispose()
    {
        Child.KillAll();
        Directory.Delete(Memory, recursive: true);
        Release(Root);
    }
}
