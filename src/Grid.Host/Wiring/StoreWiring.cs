using Grid.Host.Options;
using Grid.Storage;

namespace Grid.Host.Wiring;

/// <summary>The store.</summary>
internal static class StoreWiring
{
    public static void AddGridStore(this WebApplicationBuilder builder, GridOptions options)
    {
        Directory.CreateDirectory(options.Data);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddGridStore(new StoreOptions
        {
            Provider = options.Storage.Provider == StorageProvider.PostgreSQL ? StoreProvider.Postgres : StoreProvider.Sqlite,
            Folder = options.Data,
            ConnectionString = options.Storage.ConnectionString,
            BodyRetention = options.Storage.KeepBodies,
            OwnerName = options.Storage.Owner,
        });
    }
}
