using System.Diagnostics;
using Npgsql;

[assembly: AssemblyFixture(typeof(Grid.System.Tests.Beds.PostgresServer))]

namespace Grid.System.Tests.Beds;

/// <summary>A private PostgreSQL server, started by the first test that needs one and stopped after the last: a Unix socket in a temporary folder.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly Lazy<Task<string?>> Start = new(() => Task.Run(StartAsync));
    private static Process? _server;
    private static string? _folder;

    /// <summary>The connection string of a new database; skips the test where PostgreSQL isn't installed.</summary>
    public static async Task<string> NewDatabaseAsync()
    {
        var server = await Start.Value;
        Assert.SkipWhen(server is null, "PostgreSQL isn't installed: install postgresql (initdb and postgres in PATH or under /usr/lib/postgresql)");
        var name = "grid" + Guid.NewGuid().ToString("N");
        await using var connection = new NpgsqlConnection(server + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is null)
        {
            return;
        }

        await Programs.RunAsync("kill", "-INT", File.ReadLines(_folder + "/data/postmaster.pid").First());
        await _server.WaitForExitAsync();
        _server.Dispose();
        Directory.Delete(_folder!, recursive: true);
    }

    private static async Task<string?> StartAsync()
    {
        var folders = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(version => version + "/bin") : [];
        var programs = folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')).FirstOrDefault(folder => File.Exists(folder + "/initdb") && File.Exists(folder + "/postgres"));
        if (programs is null)
        {
            return null;
        }

        _folder = Directory.CreateTempSubdirectory("grid-pg-").FullName;
        var data = _folder + "/data";
        if (Environment.IsPrivilegedProcess)
        {
            await Programs.RunAsync("chown", "postgres", _folder);
        }

        string[] init = ["-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync"];
        var (program, arguments) = AsPostgres(programs + "/initdb", init);
        await Programs.RunAsync(program, arguments);
        (program, arguments) = AsPostgres(programs + "/postgres", "-D", data, "-k", _folder, "-c", "listen_addresses=", "-c", "fsync=on", "-c", "max_connections=200");
        _server = Programs.Start(program, arguments);
        while (await _server.StandardError.ReadLineAsync() is { } line && !line.Contains("ready to accept connections", StringComparison.Ordinal))
        {
            Assert.False(line.Contains("FATAL", StringComparison.Ordinal), line);
        }

        _ = _server.StandardError.ReadToEndAsync();
        return new NpgsqlConnectionStringBuilder { Host = _folder, Username = "postgres", Database = "postgres" }.ConnectionString;
    }

    private static (string Program, string[] Arguments) AsPostgres(string program, params string[] arguments) =>
        Environment.IsPrivilegedProcess ? ("runuser", ["-u", "postgres", "--", program, .. arguments]) : (program, arguments);
}
