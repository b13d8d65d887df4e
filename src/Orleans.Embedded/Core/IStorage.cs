namespace Orleans.Core;

/// <summary>A stored value under optimistic concurrency.</summary>
public interface IStorage
{
    /// <summary>The version last read or written; null where there is none.</summary>
    string? Etag { get; }

    /// <summary>Whether there is a stored value.</summary>
    bool RecordExists { get; }

    /// <summary>Removes it.</summary>
    /// <exception cref="Storage.InconsistentStateException">Another wrote in between. The grain is deactivated when this leaves its call.</exception>
    Task ClearStateAsync();

    /// <inheritdoc cref="ClearStateAsync()"/>
    Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

    /// <summary>Writes it.</summary>
    /// <exception cref="Storage.InconsistentStateException">Another wrote in between. The grain is deactivated when this leaves its call.</exception>
    Task WriteStateAsync();

    /// <inheritdoc cref="WriteStateAsync()"/>
    Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

    /// <summary>Reads it again, losing what is in memory.</summary>
    Task ReadStateAsync();

    /// <inheritdoc cref="ReadStateAsync()"/>
    Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
}
