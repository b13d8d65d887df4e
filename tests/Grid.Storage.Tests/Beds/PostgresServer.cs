using System.Diagnostics;
using Npgsql;

[assembly: AssemblyFixture(typeof(Grid.Storage.Tests.Beds.PostgresServer))]

namespace Grid.Storage.Tests.Beds;

/// <summary>A private PostgreSQL server, started by the first test that needs one and stopped after the last: a Unix socket in a temporary folder, fsync on.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly Lazy<Task<string?>> Start = new(() => Task.Run(StartAsync));
    private static Process? _server;
    private static string? _folder;

    /// <summary>Its connection string; skips the test where PostgreSQL isn't installed.</summary>
    public static async Task<string> StartedAsync()
    {
        var connectionString = await Start.Value;
        Assert.SkipWhen(connectionString is null, "PostgreSQL isn't installed: install postgresql (initdb and postgres in PATH or under /usr/lib/postgresql)");
        return connectionString;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is null)
        {
            return;
        }

        using (var stop = Run("kill", "-INT", ServerId()))
        {
            await stop.WaitForExitAsync();
        }

        await _server.WaitForExitAsync();
        _server.Dispose();
        Directory.Delete(_folder!, recursive: true);
    }

    private static async Task<string?> StartAsync()
    {
        var programs = Environment.GetEnvironmentVariable("PATH")!.Split(':')
            .Concat(Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(version => version + "/bin") : [])
            .FirstOrDefault(folder => File.Exists(folder + "/initdb") && File.Exists(folder + "/postgres"));
        if (programs is null)
        {
            return null;
        }

        _folder = Directory.CreateTempSubdirectory("grid-pg-").FullName;
        var data = _folder + "/data";
        if (Environment.IsPrivilegedProcess)
        {
            await FinishAsync(Run("chown", "postgres", _folder));
        }

        await FinishAsync(AsPostgres(programs + "/initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync"));
        _server = AsPostgres(
            programs + "/postgres", "-D", data, "-k", _folder, "-c", "listen_addresses=", "-c", "fsync=on", "-c", "max_connections=300", "-c", "shared_buffers=128MB");
        while (await _server.StandardError.ReadLineAsync() is { } line && !line.Contains("ready to accept connections", StringComparison.Ordinal))
        {
            Assert.False(line.Contains("FATAL", StringComparison.Ordinal), line);
        }

        _ = _server.StandardError.ReadToEndAsync();
        return new NpgsqlConnectionStringBuilder { Host = _folder, Username = "postgres", Database = "postgres" }.ConnectionString;
    }

    private static string ServerId() => File.ReadLines(_folder + "/data/postmaster.pid").First();

    private static Process AsPostgres(string program, params string[] arguments) =>
        Environment.IsPrivilegedProcess ? Run("runuser", ["-u", "postgres", "--", program, .. arguments]) : Run(program, arguments);

    private static Process Run(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = "/" })!;

    private static async Task FinishAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, error + await output);
        process.Dispose();
    }
}
