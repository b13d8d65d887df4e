namespace Grid.Core.Ports;

/// <summary>Small named documents, as JSON: tenants, sending IPs, domain limits, policies, pauses. Written by their owners only.</summary>
public interface IRegistry
{
    ValueTask<string?> ReadAsync(string kind, string key, CancellationToken cancellationToken = default);

    /// <summary>Durable when the task completes.</summary>
    ValueTask WriteAsync(string kind, string key, string json, CancellationToken cancellationToken = default);

    ValueTask<bool> RemoveAsync(string kind, string key, CancellationToken cancellationToken = default);

    /// <summary>Entries of a kind in ordinal order of key, after <paramref name="afterKey"/> ("" for the first page).</summary>
    ValueTask<IReadOnlyList<KeyValuePair<string, string>>> ListAsync(string kind, string afterKey, int limit, CancellationToken cancellationToken = default);
}
