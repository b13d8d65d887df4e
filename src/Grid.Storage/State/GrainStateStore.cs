using Grid.Core.Ports;
using Grid.Storage.Sql;
using Grid.Storage.Writing;

namespace Grid.Storage.State;

/// <summary>State of grains under optimistic concurrency; the check and the write are one statement.</summary>
internal sealed class GrainStateStore(GroupWriter writer, ReadPool reads) : IGrainStateStore
{
    /// <inheritdoc />
    public ValueTask<StoredState?> ReadAsync(string stateName, string grainId, CancellationToken cancellationToken = default) =>
        reads.FirstAsync(
            "SELECT data, etag FROM grain_state WHERE name = $1 AND id = $2", [stateName, grainId], static row => new StoredState(row.GetBytes(0), row.GetString(1)), cancellationToken);

    /// <inheritdoc />
    public async ValueTask<string?> WriteAsync(string stateName, string grainId, ReadOnlyMemory<byte> data, string? etag, CancellationToken cancellationToken = default)
    {
        var fresh = ETags.New();
        var written = await writer.Add(
            session => etag is null
                ? session.Execute("INSERT INTO grain_state (name, id, etag, data) VALUES ($1, $2, $3, $4) ON CONFLICT (name, id) DO NOTHING", stateName, grainId, fresh, data)
                : session.Execute("UPDATE grain_state SET etag = $3, data = $4 WHERE name = $1 AND id = $2 AND etag = $5", stateName, grainId, fresh, data, etag),
            cancellationToken);
        return written > 0 ? fresh : null;
    }

    /// <inheritdoc />
    public async ValueTask<bool> ClearAsync(string stateName, string grainId, string? etag, CancellationToken cancellationToken = default) =>
        await writer.Add(
            session => etag is null
                ? session.Scalar("SELECT 1 FROM grain_state WHERE name = $1 AND id = $2", stateName, grainId) is null
                : session.Execute("DELETE FROM grain_state WHERE name = $1 AND id = $2 AND etag = $3", stateName, grainId, etag) > 0,
            cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<string>> ListAsync(string stateName, string prefix, string afterId, int limit, CancellationToken cancellationToken = default) =>
        // Names and ids are ordered by their bytes in both stores; above every id with the prefix stands the prefix with the last code point.
        reads.ListAsync(
            "SELECT id FROM grain_state WHERE name = $1 AND id >= $2 AND id > $3 AND id < $4 ORDER BY id LIMIT $5",
            [stateName, prefix, afterId, prefix + "\U0010FFFF", limit],
            static row => row.GetString(0),
            cancellationToken);
}
