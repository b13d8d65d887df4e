using Grid.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Grid.Storage.Tests.Beds;

/// <summary>A schema of its own on the run's server, and a temporary folder.</summary>
public sealed class PostgresBed : IStoreBed
{
    private readonly string _folder = Directory.CreateTempSubdirectory("grid-store-").FullName;
    private readonly string _schema = "t" + Guid.NewGuid().ToString("N");
    private string? _connectionString;

    public string ConnectionString => _connectionString ?? throw new InvalidOperationException("not prepared");

    public async ValueTask PrepareAsync()
    {
        var server = await PostgresServer.StartedAsync();
        await ExecuteAsync(server, $"CREATE SCHEMA {_schema}");
        _connectionString = new NpgsqlConnectionStringBuilder(server) { SearchPath = _schema }.ConnectionString;
    }

    public StoreOptions Options() => new() { Provider = StoreProvider.Postgres, Folder = _folder, ConnectionString = ConnectionString };

    public GridStore Create(StoreOptions options, TimeProvider clock) => new PostgresStore(options, clock, NullLogger<PostgresStore>.Instance);

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        if (_connectionString is not null)
        {
            await ExecuteAsync(_connectionString, $"DROP SCHEMA {_schema} CASCADE");
        }
    }

    internal static async Task<int> ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync();
    }
}
