using Grid.Core.Ports;
using Grid.Storage.Postgres;
using Grid.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Storage.Tests;

public sealed class StoreRegistrationTests
{
    [Theory]
    [InlineData(StoreProvider.Sqlite, typeof(SqliteStore))]
    [InlineData(StoreProvider.Postgres, typeof(PostgresStore))]
    public async Task AddGridStore_every_port_comes_from_one_store(StoreProvider provider, Type expected)
    {
        var options = new StoreOptions { Provider = provider, ConnectionString = "Host=localhost" };
        await using var services = new ServiceCollection().AddLogging().AddGridStore(options).BuildServiceProvider();
        var store = services.GetRequiredService<GridStore>();

        Assert.IsType(expected, store);
        Assert.Same(store, services.GetRequiredService<IStoreLifetime>());
        Assert.Equal(
            [store.Spool, store.Outcomes, store.Ledger, store.Suppressions, store.Keys, store.Registry, store.States, store.Reminders, store.Marks],
            new object[]
            {
                services.GetRequiredService<ISpool>(), services.GetRequiredService<IOutcomeLog>(), services.GetRequiredService<ILedger>(),
                services.GetRequiredService<ISuppressions>(), services.GetRequiredService<IKeyRing>(), services.GetRequiredService<IRegistry>(),
                services.GetRequiredService<IGrainStateStore>(), services.GetRequiredService<IReminderStore>(), services.GetRequiredService<IDeliveryMarks>(),
            });
    }

    [Fact]
    public void Fault_a_broken_option_is_named_with_its_rule()
    {
        Assert.Null(new StoreOptions().Fault());
        Assert.StartsWith("Grid:Storage:ConnectionString", new StoreOptions { Provider = StoreProvider.Postgres }.Fault(), StringComparison.Ordinal);
        Assert.StartsWith("Grid:Storage:OutcomeRetention", new StoreOptions { OutcomeRetention = TimeSpan.FromHours(23) }.Fault(), StringComparison.Ordinal);
        Assert.StartsWith("Grid:Storage:BodyRetention", new StoreOptions { BodyRetention = TimeSpan.FromSeconds(-1) }.Fault(), StringComparison.Ordinal);
        Assert.StartsWith("Grid:Storage:OwnerName", new StoreOptions { OwnerName = new string('x', 64) }.Fault(), StringComparison.Ordinal);
    }
}
