using System.Data.Common;
using Grid.Core.Ports;
using Grid.Storage.Sql;
using Grid.Storage.Writing;

namespace Grid.Storage.Ingress;

/// <summary>Keys that sign mail, as rows; private halves come and go sealed.</summary>
internal sealed class DkimKeys(GroupWriter writer, ReadPool reads) : IDkimKeys
{
    private const string Columns = "tenant, domain, selector, state, created_at, since, public_key, sealed_key, checked_at, check_words";
    private const string OfKey = "tenant = $1 AND domain = $2 AND selector = $3";

    /// <inheritdoc />
    public async ValueTask<bool> AddAsync(StoredDkimKey key, CancellationToken cancellationToken = default) =>
        await writer.Add(
            session => session.Execute(
                $"INSERT INTO dkim_key ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, NULL) ON CONFLICT (domain, selector) DO NOTHING",
                key.Tenant, key.Domain, key.Selector, (int)key.State, key.CreatedAt.ToStored(), key.Since.ToStored(), key.PublicKey, key.SealedKey),
            cancellationToken) > 0;

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<StoredDkimKey>> ListAsync(string tenant, CancellationToken cancellationToken = default) =>
        reads.ListAsync($"SELECT {Columns} FROM dkim_key WHERE tenant = $1 ORDER BY domain, selector", [tenant], Read, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<StoredDkimKey>> ListAsync(DkimKeyState state, string afterDomain, string afterSelector, int limit, CancellationToken cancellationToken = default) =>
        reads.ListAsync(
            $"SELECT {Columns} FROM dkim_key WHERE state = $1 AND (domain, selector) > ($2, $3) ORDER BY domain, selector LIMIT $4",
            [(int)state, afterDomain, afterSelector, limit], Read, cancellationToken);

    /// <inheritdoc />
    public async ValueTask<bool> ActivateAsync(string tenant, string domain, string selector, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        await writer.Add(
            session =>
            {
                if (session.List($"SELECT 1 FROM dkim_key WHERE {OfKey} AND state = 0", static row => row.GetInt32(0), tenant, domain, selector).Count == 0)
                {
                    return false;
                }

                session.Execute("UPDATE dkim_key SET state = 2, since = $3, sealed_key = $4 WHERE tenant = $1 AND domain = $2 AND state = 1", tenant, domain, at.ToStored(), Array.Empty<byte>());
                session.Execute($"UPDATE dkim_key SET state = 1, since = $4 WHERE {OfKey}", tenant, domain, selector, at.ToStored());
                return true;
            },
            cancellationToken);

    /// <inheritdoc />
    public async ValueTask<bool> RetireAsync(string tenant, string domain, string selector, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        await writer.Add(
            session => session.Execute($"UPDATE dkim_key SET state = 2, since = $4, sealed_key = $5 WHERE {OfKey} AND state = 1", tenant, domain, selector, at.ToStored(), Array.Empty<byte>()),
            cancellationToken) > 0;

    /// <inheritdoc />
    public async ValueTask NoteCheckAsync(string tenant, string domain, string selector, DateTimeOffset at, string? words, CancellationToken cancellationToken = default) =>
        await writer.Add(
            session => session.Execute($"UPDATE dkim_key SET checked_at = $4, check_words = $5 WHERE {OfKey}", tenant, domain, selector, at.ToStored(), words), cancellationToken);

    /// <inheritdoc />
    public async ValueTask<bool> RemoveAsync(string tenant, string domain, string selector, CancellationToken cancellationToken = default) =>
        await writer.Add(session => session.Execute($"DELETE FROM dkim_key WHERE {OfKey} AND state <> 1", tenant, domain, selector), cancellationToken) > 0;

    private static StoredDkimKey Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), (DkimKeyState)row.GetInt32(3), row.GetTime(4), row.GetTime(5), row.GetBytes(6), row.GetBytes(7),
        row.IsDBNull(8) ? null : row.GetTime(8), row.IsDBNull(9) ? null : row.GetString(9));
}
