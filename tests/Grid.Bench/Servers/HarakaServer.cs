using System.Globalization;
using Grid.Bench.Children;

namespace Grid.Bench.Servers;

/// <summary>Haraka with two plugins of one function each: relay for everybody on loopback, and send everything to the receiver.</summary>
internal sealed class HarakaServer : IMailServer
{
    /// <summary>Names the <c>haraka</c> command; unset for the one on the path.</summary>
    public const string Variable = "GRID_BENCH_HARAKA";

    private readonly Workplace place;
    private readonly string folder;
    private Child? child;

    public HarakaServer(Workplace place, int receiver, int workers)
    {
        this.place = place;
        folder = place.NewFolder("haraka");
        Port = Workplace.FreePort();
        WriteConfiguration(receiver, workers);
    }

    /// <summary>Why it can't run; null when it can.</summary>
    public static string? Missing() => Command() is null ? $"haraka (npm install Haraka, set {Variable} to node_modules/.bin/haraka)" : null;

    public int Port { get; }

    public int? ProcessId => child?.Id;

    public async Task StartAsync(CancellationToken cancel)
    {
        child = Child.Start(Command()!, ["-c", folder], Path.Combine(folder, "log"), folder);
        await Workplace.ListeningAsync(Port, child, cancel);
    }

    public Task KillAsync() => child?.KillAsync() ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (child is not null)
        {
            await child.DisposeAsync();
        }

        place.Release(folder);
    }

    private static string? Command() =>
        Environment.GetEnvironmentVariable(Variable) is { } named ? File.Exists(named) ? named : null : Workplace.Find("haraka");

    private void WriteConfiguration(int receiver, int workers)
    {
        foreach (var name in (string[])["config", "plugins", "queue"])
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
        }

        // One worker is Haraka without its cluster; more are its own cluster of processes.
        var nodes = workers > 1 ? "nodes=" + workers.ToString(CultureInfo.InvariantCulture) : "";
        Write("config/smtp.ini", $"listen=127.0.0.1:{Port}\n{nodes}\n[main]\nlisten=127.0.0.1:{Port}\n{nodes}\n");
        Write("config/outbound.ini", "concurrency_max=100\nenable_tls=false\nlocal_mx_ok=true\nreceived_header=relay.example\n");
        Write("config/log.ini", "[main]\nlevel=error\n");
        Write("config/loglevel", "ERROR\n");
        Write("config/me", "relay.example\n");
        Write("config/plugins", "bench\n");
        Write("config/host_list", "");
        Write("config/databytes", "36700160\n");
        Write("config/connection.ini", """
            [main]
            [haproxy]
            hosts[]=
            [headers]
            max_lines=1000
            max_received=100
            [max]
            bytes=36700160
            mime_parts=1000
            line_length=512
            data_line_length=992
            [message]
            greeting=relay.example ESMTP
            helo=welcome
            close=bye
            [uuid]
            banner_chars=6
            deny_chars=0

            """);
        Write("plugins/bench.js", $$"""
            'use strict'
            exports.register = function () {
                this.register_hook('connect_init', 'relay_all')
                this.register_hook('rcpt', 'accept')
                this.register_hook('get_mx', 'to_receiver')
            }
            exports.relay_all = (next, connection) => { connection.relaying = true; next() }
            exports.accept = (next, connection) => next(OK)
            exports.to_receiver = (next) => next(OK, { priority: 0, exchange: '127.0.0.1', port: {{receiver}} })

            """);

        void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);
    }
}
