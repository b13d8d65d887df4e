using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Grid.System.Tests.Beds;

/// <summary>A real HAProxy, configured as deploy/README.md has it: before the sending IPs, or before the grid's own listeners.</summary>
internal sealed class HaproxyServer(string? before = null) : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("grid-haproxy-").FullName;
    private readonly ConcurrentQueue<string> _log = new();
    private Process? _process;

    /// <summary>Where it listens; <c>PORT</c> in sections of a test's own.</summary>
    public int Port { get; } = FreePort.Next();

    /// <summary>Its log: a line for each connection that ended, "SOURCE -> DESTINATION".</summary>
    public IReadOnlyList<string> Log => [.. _log];

    /// <summary>Starts it; skips the test where it isn't installed.</summary>
    public async Task StartAsync()
    {
        var program = Programs.Find("haproxy");
        Assert.SkipWhen(program is null, "HAProxy isn't installed: install haproxy");
        Assert.SkipUnless(before is not null || Environment.IsPrivilegedProcess, "HAProxy takes others' addresses only as root: run as root");
        await File.WriteAllTextAsync(_folder + "/haproxy.cfg", string.Create(CultureInfo.InvariantCulture, $"""
            global
                log stdout format raw local0
            defaults
                mode tcp
                log global
                log-format "%ci -> %si:%sp %ts"
                timeout connect 30s
                timeout client 15m
                timeout server 15m
            {before?.Replace("PORT", Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) ?? $"""
            listen outgoing
                bind 127.0.0.1:{Port} accept-proxy
                source 0.0.0.0 usesrc clientip
                server any 0.0.0.0
            """}

            """));
        _process = Programs.Start(program, "-db", "-f", _folder + "/haproxy.cfg");
        _process.OutputDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Eventually.BecomesAsync(() => ListensAsync(Port), listens => listens || _process.HasExited, 30, "HAProxy listens");
        Assert.False(_process.HasExited, string.Join('\n', _log));
    }

    /// <summary>Ends it; it may be started again.</summary>
    public async Task StopAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
            _process = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<bool> ListensAsync(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
