using System.Data.Common;
using System.Globalization;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Storage.Sql;
using Grid.Storage.Writing;

namespace Grid.Storage.Ingress;

/// <summary>Consent records and confirmations, one row each. Confirmations are kept for <see cref="HeldFor"/> after they expire.</summary>
internal sealed class Consents(GroupWriter writer, ReadPool reads) : IConsents
{
    /// <summary>How long a confirmation is kept after it expired.</summary>
    public static readonly TimeSpan HeldFor = TimeSpan.FromDays(30);

    private const int AddressesAtOnce = 100;
    private const int MaxLists = 1000;

    private const string Columns =
        "tenant, address, topic, method, at, ip, source, evidence, channel, pre_ticked, notice, list, basis, given_to, revoked_at, revoked_by, recorded_at, by";

    private const string Asked = "id, tenant, address, topic, recipient, list, source, notice, asked_at, sent_at, sent, message, expires_at, confirmed_at";

    // What was taken back stays so until consent is given after that.
    private const string Insert = $"""
        INSERT INTO consent ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
        ON CONFLICT (tenant, address, topic) DO UPDATE SET
          method = excluded.method, at = excluded.at, ip = excluded.ip, source = excluded.source, evidence = excluded.evidence, channel = excluded.channel,
          pre_ticked = excluded.pre_ticked, notice = excluded.notice, list = excluded.list, basis = excluded.basis, given_to = excluded.given_to,
          revoked_at = CASE WHEN excluded.revoked_at IS NOT NULL THEN excluded.revoked_at WHEN consent.revoked_at >= excluded.at THEN consent.revoked_at ELSE NULL END,
          revoked_by = CASE WHEN excluded.revoked_at IS NOT NULL THEN excluded.revoked_by WHEN consent.revoked_at >= excluded.at THEN consent.revoked_by ELSE NULL END,
          recorded_at = excluded.recorded_at, by = excluded.by
        WHERE excluded.at >= consent.at
        """;

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<ConsentRecord>> FindAsync(string tenant, IReadOnlyCollection<string> addresses, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(addresses.Count, IConsents.MaxAtOnce);
        if (addresses.Count == 1)
        {
            return await reads.ListAsync($"SELECT {Columns} FROM consent WHERE tenant = $1 AND address = $2 ORDER BY topic", [tenant, StoredText.Clean(addresses.First())], Read, cancellationToken);
        }

        var found = new List<ConsentRecord>();
        foreach (var some in addresses.Order(StringComparer.Ordinal).Chunk(AddressesAtOnce))
        {
            var names = string.Join(", ", some.Select((_, i) => "$" + (i + 2)));
            found.AddRange(await reads.ListAsync(
                $"SELECT {Columns} FROM consent WHERE tenant = $1 AND address IN ({names}) ORDER BY address, topic", [tenant, .. some.Select(StoredText.Clean)], Read, cancellationToken));
        }

        return found;
    }

    /// <inheritdoc />
    public async ValueTask<int> PutAllAsync(IReadOnlyList<ConsentRecord> records, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(records.Count, IConsents.MaxAtOnce);
        return await writer.Add(session => records.Count(record => !Put(session, record)), cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask<int> RevokeAsync(string tenant, string address, string? topic, DateTimeOffset at, string by, CancellationToken cancellationToken = default) => await writer.Add(
        session => session.Execute(
            "UPDATE consent SET revoked_at = $4, revoked_by = $5 WHERE tenant = $1 AND address = $2 AND ($3 = '*' OR topic = $6) AND revoked_at IS NULL",
            tenant, address, topic is null ? "*" : "", at.ToStored(), by, topic ?? ""),
        cancellationToken);

    /// <inheritdoc />
    public async ValueTask<int> EraseAsync(string tenant, string address, CancellationToken cancellationToken = default) => await writer.Add(
        session =>
        {
            session.Execute("DELETE FROM confirmation WHERE tenant = $1 AND address = $2", tenant, address);
            return session.Execute("DELETE FROM consent WHERE tenant = $1 AND address = $2", tenant, address);
        },
        cancellationToken);

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<ConsentRecord>> ListAsync(string tenant, string afterAddress, int limit, CancellationToken cancellationToken = default)
    {
        var page = await reads.ListAsync(
            $"SELECT {Columns} FROM consent WHERE tenant = $1 AND address > $2 ORDER BY address, topic LIMIT $3", [tenant, afterAddress, limit], Read, cancellationToken);
        if (page.Count < limit)
        {
            return page;
        }

        // The last address may have more topics than there was room for.
        var last = page[^1].Address;
        return [.. page.Where(record => record.Address != last), .. await FindAsync(tenant, [last], cancellationToken)];
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<ConsentList>> ListsAsync(string tenant, CancellationToken cancellationToken = default) => reads.ListAsync(
        "SELECT list, basis, method, COUNT(*), COUNT(revoked_at) FROM consent WHERE tenant = $1 GROUP BY list, basis, method ORDER BY list, basis, method LIMIT $2",
        [tenant, MaxLists],
        static row => new ConsentList(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetInt64(4)),
        cancellationToken);

    /// <inheritdoc />
    public async ValueTask AskAsync(Confirmation confirmation, CancellationToken cancellationToken = default) => await writer.Add(
        session =>
        {
            var c = confirmation;
            session.Execute("DELETE FROM confirmation WHERE tenant = $1 AND address = $2 AND topic = $3", c.Tenant, c.Address, c.Topic);
            return session.Execute(
                $"INSERT INTO confirmation ({Asked}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
                c.Id, c.Tenant, c.Address, c.Topic, c.Recipient, c.List, c.Source, c.Notice, c.AskedAt.ToStored(), c.SentAt.ToStored(), c.Sent, c.Message.Value, c.ExpiresAt.ToStored(), c.ConfirmedAt?.ToStored());
        },
        cancellationToken);

    /// <inheritdoc />
    public ValueTask<Confirmation?> AskedAsync(string id, CancellationToken cancellationToken = default) =>
        reads.FirstAsync($"SELECT {Asked} FROM confirmation WHERE id = $1", [id], ReadAsked, cancellationToken);

    /// <inheritdoc />
    public ValueTask<Confirmation?> AskedAsync(string tenant, string address, string topic, CancellationToken cancellationToken = default) =>
        reads.FirstAsync($"SELECT {Asked} FROM confirmation WHERE tenant = $1 AND address = $2 AND topic = $3", [tenant, address, topic], ReadAsked, cancellationToken);

    /// <inheritdoc />
    public async ValueTask ConfirmAsync(string id, ConsentRecord record, CancellationToken cancellationToken = default) => await writer.Add(
        session =>
        {
            session.Execute("UPDATE confirmation SET confirmed_at = $2 WHERE id = $1 AND confirmed_at IS NULL", id, record.At.ToStored());
            return Put(session, record);
        },
        cancellationToken);

    /// <summary>False where the address has no room for a further topic.</summary>
    private static bool Put(SqlSession session, ConsentRecord r)
    {
        if (Convert.ToInt64(session.Scalar("SELECT COUNT(*) FROM consent WHERE tenant = $1 AND address = $2 AND topic <> $3", r.Tenant, r.Address, r.Topic), CultureInfo.InvariantCulture) >= IConsents.MaxTopics)
        {
            return false;
        }

        session.Execute(
            Insert,
            r.Tenant, r.Address, r.Topic, r.Method, r.At.ToStored(), r.Ip, r.Source, r.Evidence, r.Channel, r.PreTicked switch { null => null, true => 1, false => (object)0 }, r.Notice, r.List, r.Basis, r.GivenTo,
            r.RevokedAt?.ToStored(), r.RevokedBy, r.RecordedAt.ToStored(), r.By);
        return true;
    }

    private static ConsentRecord Read(DbDataReader row) => new()
    {
        Tenant = row.GetString(0),
        Address = row.GetString(1),
        Topic = row.GetString(2),
        Method = row.GetString(3),
        At = row.GetTime(4),
        Ip = row.GetText(5),
        Source = row.GetText(6),
        Evidence = row.GetText(7),
        Channel = row.GetText(8),
        PreTicked = row.IsDBNull(9) ? null : row.GetInt32(9) == 1,
        Notice = row.GetText(10),
        List = row.GetString(11),
        Basis = row.GetString(12),
        GivenTo = row.GetText(13),
        RevokedAt = row.IsDBNull(14) ? null : row.GetTime(14),
        RevokedBy = row.GetText(15),
        RecordedAt = row.GetTime(16),
        By = row.GetString(17),
    };

    private static Confirmation ReadAsked(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetText(6), row.GetText(7),
        row.GetTime(8), row.GetTime(9), row.GetInt32(10), new(row.GetInt64(11)), row.GetTime(12), row.IsDBNull(13) ? null : row.GetTime(13));
}
