using Grid.Core.Ports;
using Grid.Storage.Postgres;
using Grid.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Grid.Storage;

/// <summary>Registers the store.</summary>
public static class StoreRegistration
{
    /// <summary>Registers the store of the options' provider, every port, and <see cref="IStoreLifetime"/>, all as singletons of one store.</summary>
    public static IServiceCollection AddGridStore(this IServiceCollection services, StoreOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<GridStore>(provider => options.Provider switch
        {
            StoreProvider.Sqlite => ActivatorUtilities.CreateInstance<SqliteStore>(provider, options),
            StoreProvider.Postgres => ActivatorUtilities.CreateInstance<PostgresStore>(provider, options),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Provider, "Grid:Storage:Provider must be Sqlite or Postgres"),
        });
        services.AddSingleton<IStoreLifetime>(provider => provider.GetRequiredService<GridStore>());
        services.AddSingleton(provider => provider.GetRequiredService<GridStore>().Spool);
        services.AddSingleton(provider => provider.GetRequiredService<GridStore>().Outcomes);
        services.AddSingleton(provider => provider.GetRequiredService<GridStore>().History);
        services.AddSingleton(provider => provider.GetRequiredService<GridStore>().LookUp);
        services.AddSingleton(provider => provider.GetRequiredService<GridStore>().Webhooks);
        services.AddSingleton(provider => provider.GetRequiredService<GridStore>().Ledger);
        services.AddSingleton(provider => provider.GetRequiredService<GridStore>().Incidents);
        services.AddSingleton(provider => provider.GetRequiredService<GridStore>().Cases);
        services.AddSingleton(provider => provider.GetRequiredService<GridStore>().Suppressions);
        services.AddSingleton(provider => provider.GetRequiredService<GridStore>().AbuseReports);
        services.AddSingleton(provider => provider.GetRequiredService<GridStore>().Consents);
        services.AddSingleton(provider => provider.GetRequiredService<GridStore>().DsnNotices);
        services.AddSingleton(provider => provider.GetRequiredService<GridStore>().TlsReports);
        services.AddSingleton(provider => provider.GetRequiredService<GridStore>().Keys);
        services.AddSingleton(provider => provider.GetRequiredService<GridStore>().DkimKeys);
        services.AddSingleton(provider => provider.GetRequiredService<GridStore>().Registry);
        services.AddSingleton(provider => provider.GetRequiredService<GridStore>().States);
        services.AddSingleton(provider => provider.GetRequiredService<GridStore>().Reminders);
        services.AddSingleton(provider => provider.GetRequiredService<GridStore>().Marks);
        return services;
    }
}
