using Grid.Testing;

namespace Grid.Storage.Tests.Beds;

/// <summary>Base of the suites that every provider must pass: a bed, a clock that stands still, and stores that are closed at the end.</summary>
public abstract class StoreCompliance<TBed> : IAsyncLifetime
    where TBed : IStoreBed, new()
{
    private readonly List<GridStore> _stores = [];

    protected TBed Bed { get; } = new();

    protected ManualClock Clock { get; } = new();

    public async ValueTask InitializeAsync() => await Bed.PrepareAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.CloseAsync();
        }

        await Bed.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task<GridStore> OpenAsync(Action<StoreOptions>? configure = null)
    {
        var options = Bed.Options();
        configure?.Invoke(options);
        var store = Bed.Create(options, Clock);
        await store.OpenAsync();
        _stores.Add(store);
        return store;
    }

    protected async Task<GridStore> ReopenAsync(GridStore store, Action<StoreOptions>? configure = null)
    {
        await store.CloseAsync();
        return await OpenAsync(configure);
    }
}
