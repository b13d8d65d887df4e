using System.Data.Common;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Storage.Sql;
using Grid.Storage.Writing;

namespace Grid.Storage.Feedback;

/// <summary>
/// Addresses not to be mailed.
/// In: entries, look-ups by tenant and normal address. Out: the entry that forbids, if any.
/// Guarantees that an entry is seen once its task completes (and by other processes within a second), and that a look-up of an
/// address that isn't suppressed hardly ever touches the store: a filter in memory answers it.
/// Fails with <see cref="StoreUnavailableException"/>; a look-up that cannot be made throws and never says "not suppressed".
/// </summary>
internal sealed class Suppressions(GroupWriter writer, ReadPool reads) : ISuppressions
{
    /// <summary>Tenant of the entries that hold for all tenants.</summary>
    private const string Everyone = "*";

    private const string Columns = "tenant, address, reason, at, by, detail";

    private volatile AddressFilter _filter = new();

    /// <summary>Fills the filter from what is stored; once, at open.</summary>
    public void Fill(SqlSession session)
    {
        var filter = new AddressFilter();
        session.ForEach("SELECT tenant, address FROM suppression", row => filter.Add(row.GetString(0), row.GetString(1)));
        _filter = filter;
    }

    /// <summary>Adds an entry that another process has stored.</summary>
    public void Learn(string tenant, string address) => _filter.Add(tenant, address);

    /// <inheritdoc />
    public ValueTask<Suppression?> FindAsync(string tenant, string normalAddress, CancellationToken cancellationToken = default) =>
        _filter.MayContain(tenant, normalAddress) || _filter.MayContain(Everyone, normalAddress)
            ? reads.FirstAsync(
                $"SELECT {Columns} FROM suppression WHERE tenant IN ($1, '*') AND address = $2 ORDER BY CASE WHEN tenant = '*' THEN 1 ELSE 0 END LIMIT 1",
                [tenant, normalAddress],
                Read,
                cancellationToken)
            : new((Suppression?)null);

    /// <inheritdoc />
    public async ValueTask AddAsync(Suppression suppression, CancellationToken cancellationToken = default)
    {
        // Into the filter first: a false "maybe" costs a look-up, a false "no" would cost a complaint.
        _filter.Add(suppression.Tenant, StoredText.Clean(suppression.Address));
        await writer.Add(
            session => session.Execute(
                $"""
                 INSERT INTO suppression ({Columns}) VALUES ($1, $2, $3, $4, $5, $6)
                 ON CONFLICT (tenant, address) DO UPDATE SET reason = excluded.reason, at = excluded.at, by = excluded.by, detail = excluded.detail
                 WHERE suppression.reason = {(int)SuppressionReason.Manual} AND excluded.reason <> {(int)SuppressionReason.Manual}
                 """,
                suppression.Tenant, suppression.Address, (int)suppression.Reason, suppression.At.ToStored(), suppression.By, suppression.Detail),
            cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask<bool> RemoveAsync(string tenant, string normalAddress, CancellationToken cancellationToken = default) =>
        await writer.Add(session => session.Execute("DELETE FROM suppression WHERE tenant = $1 AND address = $2", tenant, normalAddress), cancellationToken) > 0;

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<Suppression>> ListAsync(string tenant, string afterAddress, int limit, CancellationToken cancellationToken = default) =>
        reads.ListAsync($"SELECT {Columns} FROM suppression WHERE tenant = $1 AND address > $2 ORDER BY address LIMIT $3", [tenant, afterAddress, limit], Read, cancellationToken);

    private static Suppression Read(DbDataReader row) =>
        new(row.GetString(0), row.GetString(1), (SuppressionReason)row.GetInt32(2), row.GetTime(3), row.GetString(4), row.GetText(5));
}
