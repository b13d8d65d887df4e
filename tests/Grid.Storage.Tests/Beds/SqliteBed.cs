using Grid.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Grid.Storage.Tests.Beds;

/// <summary>A temporary folder.</summary>
public sealed class SqliteBed : IStoreBed
{
    private readonly string _folder = Directory.CreateTempSubdirectory("grid-store-").FullName;

    public ValueTask PrepareAsync() => ValueTask.CompletedTask;

    public StoreOptions Options() => new() { Folder = _folder };

    public GridStore Create(StoreOptions options, TimeProvider clock) => new SqliteStore(options, clock, NullLogger<SqliteStore>.Instance);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
