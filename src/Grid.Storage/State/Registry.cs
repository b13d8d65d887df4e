using Grid.Core.Ports;
using Grid.Storage.Enforcement;
using Grid.Storage.Sql;
using Grid.Storage.Writing;

namespace Grid.Storage.State;

/// <summary>Small named JSON documents; of a case also what it is found by, in the same transaction.</summary>
internal sealed class Registry(GroupWriter writer, ReadPool reads, LegalHolds holds) : IRegistry
{
    /// <inheritdoc />
    public ValueTask<string?> ReadAsync(string kind, string key, CancellationToken cancellationToken = default) =>
        reads.FirstAsync<string?>("SELECT json FROM registry WHERE kind = $1 AND key = $2", [kind, key], static row => row.GetString(0), cancellationToken);

    /// <inheritdoc />
    public async ValueTask WriteAsync(string kind, string key, string json, CancellationToken cancellationToken = default)
    {
        if (kind == LegalHolds.Kind)
        {
            // Before it stands: what ends meanwhile is kept.
            holds.Set();
        }

        var entry = kind == ICases.Kind ? CaseEntry.Of(key, json) : null;
        await writer.Add(
            session =>
            {
                entry?.Write(session);
                return session.Execute("INSERT INTO registry (kind, key, json) VALUES ($1, $2, $3) ON CONFLICT (kind, key) DO UPDATE SET json = excluded.json", kind, key, json);
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask<bool> RemoveAsync(string kind, string key, CancellationToken cancellationToken = default) =>
        await writer.Add(
            session =>
            {
                if (kind == ICases.Kind)
                {
                    CaseEntry.Remove(session, key);
                }

                return session.Execute("DELETE FROM registry WHERE kind = $1 AND key = $2", kind, key);
            },
            cancellationToken) > 0;

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<KeyValuePair<string, string>>> ListAsync(string kind, string afterKey, int limit, CancellationToken cancellationToken = default) =>
        reads.ListAsync(
            "SELECT key, json FROM registry WHERE kind = $1 AND key > $2 ORDER BY key LIMIT $3",
            [kind, afterKey, limit],
            static row => KeyValuePair.Create(row.GetString(0), row.GetString(1)),
            cancellationToken);
}
