namespace Grid.Storage.Tests.Beds;

/// <summary>An empty place for one test's store.</summary>
public interface IStoreBed : IAsyncDisposable
{
    /// <summary>Prepares it; skips the test where the provider isn't installed.</summary>
    ValueTask PrepareAsync();

    /// <summary>Options of a store in it.</summary>
    StoreOptions Options();

    /// <summary>A store that isn't open yet.</summary>
    GridStore Create(StoreOptions options, TimeProvider clock);
}
