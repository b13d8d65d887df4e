namespace Grid.Core.Ports;

/// <summary>Start and end of the store.</summary>
public interface IStoreLifetime
{
    /// <summary>Opens, migrates, takes ownership, adopts what an earlier process of this owner left. Throws <see cref="StoreVersionException"/> for a store of a newer version.</summary>
    ValueTask OpenAsync(CancellationToken cancellationToken = default);

    /// <summary>Writes what is queued, gives up ownership, closes.</summary>
    ValueTask CloseAsync(CancellationToken cancellationToken = default);
}
