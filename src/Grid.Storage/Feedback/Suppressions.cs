using System.Data.Common;
using System.Globalization;
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
    private const string Everyone = Suppression.Everyone;

    private const string Columns = "tenant, address, reason, at, by, detail, scope";

    /// <summary>How strong a reason is, in SQL: what the recipient said, then what the receiver said, then what the tenant said.</summary>
    private static readonly string Strength =
        $"CASE {{0}}.reason WHEN {(int)SuppressionReason.Manual} THEN 0 WHEN {(int)SuppressionReason.HardBounce} THEN 1 ELSE 2 END";

    private static readonly string Insert = $"""
        INSERT INTO suppression ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (tenant, address, scope) DO UPDATE SET reason = excluded.reason, at = excluded.at, by = excluded.by, detail = excluded.detail
        WHERE {string.Format(CultureInfo.InvariantCulture, Strength, "excluded")} > {string.Format(CultureInfo.InvariantCulture, Strength, "suppression")}
        """;

    private const string CountBounce = """
        INSERT INTO hard_bounce (tenant, address, count, at, occasion) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (tenant, address) DO UPDATE SET count = excluded.count, at = excluded.at, occasion = excluded.occasion
        """;

    /// <summary>How long bounces of an address that isn't suppressed are remembered at most.</summary>
    public static readonly TimeSpan BouncesHeldFor = TimeSpan.FromDays(400);

    /// <summary>Most entries of one write.</summary>
    private const int MaxAtOnce = 1000;

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
        FindAsync(tenant, normalAddress, SuppressionScope.Bulk, cancellationToken);

    /// <inheritdoc />
    public ValueTask<Suppression?> FindAsync(string tenant, string normalAddress, MailStream stream, CancellationToken cancellationToken = default) =>
        FindAsync(tenant, normalAddress, stream == MailStream.Bulk ? SuppressionScope.Bulk : SuppressionScope.All, cancellationToken);

    /// <inheritdoc />
    public ValueTask AddAsync(Suppression suppression, CancellationToken cancellationToken = default) => AddAllAsync([suppression], cancellationToken);

    /// <inheritdoc />
    public async ValueTask AddAllAsync(IReadOnlyList<Suppression> suppressions, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(suppressions.Count, MaxAtOnce);

        // Into the filter first: a false "maybe" costs a look-up, a false "no" would cost a complaint.
        foreach (var one in suppressions)
        {
            _filter.Add(one.Tenant, StoredText.Clean(one.Address));
        }

        await writer.Add(
            session => suppressions.Sum(one => session.Execute(
                Insert, one.Tenant, one.Address, (int)one.Reason, one.At.ToStored(), one.By, one.Detail, (int)one.Scope)),
            cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask<bool> AddAfterAsync(Suppression suppression, int occasions, TimeSpan within, string occasion, CancellationToken cancellationToken = default)
    {
        _filter.Add(suppression.Tenant, StoredText.Clean(suppression.Address));
        return await writer.Add(
            session =>
            {
                var (count, isNew) = Count(session, suppression, within, occasion);
                if (count < occasions)
                {
                    _ = isNew ? session.Execute(CountBounce, suppression.Tenant, suppression.Address, count, suppression.At.ToStored(), occasion) : 0;
                    return false;
                }

                session.Execute("DELETE FROM hard_bounce WHERE tenant = $1 AND address = $2", suppression.Tenant, suppression.Address);
                session.Execute(
                    Insert, suppression.Tenant, suppression.Address, (int)suppression.Reason, suppression.At.ToStored(), suppression.By, suppression.Detail, (int)suppression.Scope);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask<bool> RemoveAsync(string tenant, string normalAddress, SuppressionReason? only = null, CancellationToken cancellationToken = default) =>
        await writer.Add(
            session => session.Execute("DELETE FROM suppression WHERE tenant = $1 AND address = $2 AND ($3 = 0 OR reason = $3)", tenant, normalAddress, (int)(only ?? 0)),
            cancellationToken) > 0;

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<Suppression>> ListAsync(string tenant, string afterAddress, int limit, CancellationToken cancellationToken = default)
    {
        var page = await reads.ListAsync(
            $"SELECT {Columns} FROM suppression WHERE tenant = $1 AND address > $2 ORDER BY address, scope LIMIT $3", [tenant, afterAddress, limit + 1], Read, cancellationToken);
        return page.Count > limit && page[limit].Address != page[limit - 1].Address ? [.. page.Take(limit)] : page;
    }

    /// <summary>How many there are with this one, and whether it is one more.</summary>
    private static (int Count, bool IsNew) Count(SqlSession session, Suppression suppression, TimeSpan within, string occasion)
    {
        var kept = session.List(
            "SELECT count, at, occasion FROM hard_bounce WHERE tenant = $1 AND address = $2",
            static row => (Count: row.GetInt32(0), At: row.GetTime(1), Occasion: row.GetString(2)),
            suppression.Tenant, suppression.Address);
        return kept is not [var last] || suppression.At - last.At > within ? (1, true) : last.Occasion == occasion ? (last.Count, false) : (last.Count + 1, true);
    }

    private ValueTask<Suppression?> FindAsync(string tenant, string normalAddress, SuppressionScope narrowest, CancellationToken cancellationToken) =>
        _filter.MayContain(tenant, normalAddress) || _filter.MayContain(Everyone, normalAddress)
            ? reads.FirstAsync(
                $"""
                 SELECT {Columns} FROM suppression WHERE tenant IN ($1, '*') AND address = $2 AND scope <= $3
                 ORDER BY CASE WHEN tenant = '*' THEN 1 ELSE 0 END, scope LIMIT 1
                 """,
                [tenant, normalAddress, (int)narrowest],
                Read,
                cancellationToken)
            : new((Suppression?)null);

    private static Suppression Read(DbDataReader row) =>
        new(row.GetString(0), row.GetString(1), (SuppressionReason)row.GetInt32(2), row.GetTime(3), row.GetString(4), row.GetText(5)) { Scope = (SuppressionScope)row.GetInt32(6) };
}
