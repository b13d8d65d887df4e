using System.Data.Common;
using System.Globalization;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Storage.Sql;
using Grid.Storage.Writing;

namespace Grid.Storage.Feedback;

/// <summary>Cases of the abuse desk, one row each, for <see cref="HeldFor"/>.</summary>
internal sealed class AbuseReports(GroupWriter writer, ReadPool reads) : IAbuseReports
{
    /// <summary>How long a case is kept, from its arrival.</summary>
    public static readonly TimeSpan HeldFor = TimeSpan.FromDays(365);

    private const string Given = "at, source, why, peer, reporter, sender, spammed, spammed_at, words, tenant, message";
    private const string Decided = "verdict, decided_at, action";
    private const string Shown = "number, " + Given + ", " + Decided;

    /// <inheritdoc />
    public async ValueTask<long> AddAsync(AbuseReport report, CancellationToken cancellationToken = default) =>
        await writer.Add(
            session => Convert.ToInt64(
                session.Scalar(
                    $"INSERT INTO abuse_report ({Given}, {Decided}, evidence) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING number",
                    report.At.ToStored(), (int)report.Source, report.Why, report.Peer, report.Reporter, report.Sender, report.SpammedAddress, report.SpammedAt, report.Words,
                    report.Tenant, report.Message?.Value, report.Verdict, report.DecidedAt?.ToStored(), report.Action, report.Evidence),
                CultureInfo.InvariantCulture),
            cancellationToken);

    /// <inheritdoc />
    public ValueTask<AbuseReport?> FindAsync(long number, CancellationToken cancellationToken = default) =>
        reads.FirstAsync($"SELECT {Shown}, evidence FROM abuse_report WHERE number = $1", [number], static row => Read(row) with { Evidence = row.GetBytes(15) }, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<AbuseReport>> ListAsync(
        long before, int limit, AbuseSource? source = null, string? tenant = null, bool openOnly = false, CancellationToken cancellationToken = default)
    {
        // Each filter has an index, which a condition that may also be none of it wouldn't use.
        var (condition, arguments) = (openOnly ? " AND verdict IS NULL" : "", new List<object?> { before, limit });
        if (source is { } from)
        {
            arguments.Add((int)from);
            condition += " AND source = $3";
        }

        if (!string.IsNullOrEmpty(tenant))
        {
            arguments.Add(tenant);
            condition += source is null ? " AND tenant = $3" : " AND tenant = $4";
        }

        return reads.ListAsync($"SELECT {Shown} FROM abuse_report WHERE number < $1{condition} ORDER BY number DESC LIMIT $2", [.. arguments], Read, cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask<bool> DecideAsync(long number, string verdict, string? action, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        await writer.Add(
            session => session.Execute("UPDATE abuse_report SET verdict = $2, decided_at = $3, action = $4 WHERE number = $1", number, verdict, at.ToStored(), action), cancellationToken) > 0;

    private static AbuseReport Read(DbDataReader row) => new()
    {
        Number = row.GetInt64(0),
        At = row.GetTime(1),
        Source = (AbuseSource)row.GetInt32(2),
        Why = row.GetString(3),
        Peer = row.GetString(4),
        Reporter = row.GetString(5),
        Sender = row.GetString(6),
        SpammedAddress = row.GetString(7),
        SpammedAt = row.GetString(8),
        Words = row.GetString(9),
        Tenant = row.GetText(10),
        Message = row.IsDBNull(11) ? null : new(row.GetInt64(11)),
        Verdict = row.GetText(12),
        DecidedAt = row.IsDBNull(13) ? null : row.GetTime(13),
        Action = row.GetText(14),
    };
}
